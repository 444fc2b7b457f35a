"""Measure what a sentence costs in large portions, and where argostranslate translates them one by one; print seconds as JSON.

    translate.py SENTENCES

The model has random weights and the size of a real Argos package: 6 + 6 layers of 512 units, 8 heads, a vocabulary of 50,000, int8. It
makes 32 tokens of every sentence. argostranslate itself cannot run here (it would split sentences with stanza, which needs torch): what is
measured is its call of CTranslate2, as it stands in `argostranslate.translate.apply_packaged_translation`: for CPU on one thread, which
costs it the least, for throughput (sentences a second) with as many threads as it takes by default. All are measured in turn, three times,
and the best counts.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

os.environ.pop("CT2_FORCE_CPU_ISA", None)
import numpy as np
from ctranslate2 import Translator
from ctranslate2.specs import TransformerSpec

from digest.translators.argos import DECODING, RUNNING, hand_over

LAYERS, UNITS, INNER, HEADS, WORDS = 6, 512, 2048, 8, 50_000
TARGET_TOKENS = 32
ONE_BY_ONE = {"beam_size": 4, "max_batch_size": 32, "batch_type": "tokens", "length_penalty": 0.2, "replace_unknowns": True,
              "return_scores": True, "num_hypotheses": 1}


def make_model(folder: Path) -> None:
    """Write a model of random weights."""
    spec, chance = TransformerSpec.from_config(LAYERS, HEADS), np.random.default_rng(1)

    def matrix(layer: object, rows: int, columns: int) -> None:
        layer.weight = chance.normal(0, 0.05, (rows, columns)).astype(np.float32)
        layer.bias = np.zeros(rows, np.float32)

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(UNITS, np.float32), np.zeros(UNITS, np.float32)

    def attention(layer: object, sizes: list[int]) -> None:
        norm(layer.layer_norm)
        for linear, size in zip(layer.linear, sizes, strict=True):
            matrix(linear, size * UNITS, UNITS)

    words = chance.normal(0, 0.05, (WORDS, UNITS)).astype(np.float32)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = spec.decoder.projection.weight = words
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        for layer in side.layer:
            attention(layer.self_attention, [3, 1])
            if side is spec.decoder:
                attention(layer.attention, [1, 2, 1])
            norm(layer.ffn.layer_norm)
            matrix(layer.ffn.linear_0, INNER, UNITS)
            matrix(layer.ffn.linear_1, UNITS, INNER)
    vocabulary = ["<unk>", "<s>", "</s>", *(f"w{n}" for n in range(WORDS - 3))]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = spec.config.add_source_bos = False
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def make_sentences(count: int) -> list[list[str]]:
    """Return sentences of as many pieces as news has, about 27 each."""
    chance = random.Random(1)
    return [[f"w{chance.randrange(WORDS - 3)}" for _ in range(min(80, max(4, round(chance.gauss(27, 13)))))] for _ in range(count)]


def cost(work: Callable[[], object], count: int) -> tuple[float, float]:
    """Return seconds of CPU, of all threads, and of the clock, for each of so many sentences."""
    cpu, clock = process_time(), perf_counter()
    work()
    return (process_time() - cpu) / count, (perf_counter() - clock) / count


def main() -> None:
    """Measure all ways on the same sentences, the slow ones on a tenth of them."""
    sentences = make_sentences(int(sys.argv[1]))
    few = sentences[:max(10, len(sentences) // 10)]
    fixed = {"min_decoding_length": TARGET_TOKENS, "max_decoding_length": TARGET_TOKENS}
    with tempfile.TemporaryDirectory() as name:
        make_model(Path(name))
        batched = Translator(name, **RUNNING, inter_threads=2)
        single = Translator(name, device="cpu", compute_type="auto", inter_threads=1, intra_threads=1)
        default = Translator(name, device="cpu", compute_type="auto", inter_threads=1, intra_threads=0)
        for translator in (batched, single, default):
            translator.translate_batch(sentences[:1], **fixed)

        def one_by_one(translator: Translator) -> tuple[float, float]:
            return cost(lambda: [translator.translate_batch([one], **ONE_BY_ONE | fixed) for one in few], len(few))

        longest_first = sorted(sentences, key=lambda sentence: -len(sentence))
        rounds = [(*cost(lambda: [one.result() for one in hand_over(batched, longest_first, decoding=DECODING | fixed)], len(sentences)),
                   one_by_one(single)[0], one_by_one(default)[1]) for _ in range(3)]
    print(json.dumps(dict(zip(("together", "together_clock", "apart", "apart_clock"), map(min, zip(*rounds, strict=True)), strict=True))))


if __name__ == "__main__":
    main()
