"""Measure speed as ratios and in seconds of CPU, print a table, and write it to build/bench.json.

    benchmarks/run.py [--quick] [--only NAME]...

CPU is user and system time of whole processes, all that they start included, so that other load on the machine matters little.
Where DIGEST_EVAL names a folder with `eval/grouping`, its articles are analyzed too.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builds import build_costs, count_pages, hugo_cost, look_cost, processes_ratio, start_cost
from generate import write_content, write_texts
from measuring import DIGEST, ROOT, output, run

ANALYZE = ROOT / "benchmarks" / "analyze.py"
REMEMBER = ROOT / "benchmarks" / "remember.py"
TRANSLATE = ROOT / "benchmarks" / "translate.py"
STREAM = ROOT / "benchmarks" / "stream.py"
PLACE = ROOT / "build" / "bench.json"
STORY = 0.05
"""Seconds of CPU for the summary of a story, at most."""
LANGUAGES = ("en", "tr", "es", "de", "fr")
TRAFILATURA = """import sys, pathlib
from lxml import html
from trafilatura import bare_extraction
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
    bare_extraction(html.fromstring(path.read_bytes()))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured."""

    key: str
    label: str
    value: float
    aim: float | None = None
    """It should be no more than that."""
    unit: str = ""


def line_of(figure: Figure) -> str:
    """Return the line of a figure."""
    met = "" if figure.aim is None else f"  aim ≤ {figure.aim:g}{'' if figure.value <= figure.aim else '  MISSED'}"
    return f"{figure.label:62s} {figure.value:9.3f} {figure.unit:4s}{met}"


def in_folder(measure: Callable[[Path], Iterator[Figure]]) -> Iterator[Figure]:
    """Measure in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield from measure(Path(name))


class Measures:
    """What is measured; `small` is by how much everything is smaller than in full, `largest` the pages of the largest site."""

    def __init__(self, small: int, largest: int) -> None:
        self.small, self.largest = small, largest

    def builds(self) -> Iterator[Figure]:
        """Building, as ratios of one run."""
        sizes = [pages // self.small for pages in (500, 1000, 2000, self.largest)]
        edition = max(10, 100 // self.small)
        found = {}
        with tempfile.TemporaryDirectory() as name:
            start = start_cost(Path(name))
        for pages in dict.fromkeys(sizes):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                found[pages] = build_costs(folder, pages, edition)
                if pages == sizes[0]:
                    hugo, look = hugo_cost(folder / "hugo", folder), look_cost(folder)
        small, one, two, ten = (found[pages] for pages in sizes)
        yield Figure("increment_2000", f"an edition of {edition} pages onto {two.pages} / all of these",
                     two.edition.cpu / two.full.cpu, 0.06)
        yield Figure("increment_10000_over_1000", f"the same onto {ten.pages} / onto {one.pages}", ten.edition.cpu / one.edition.cpu, 1.2)
        yield Figure("full_2000_over_500", f"all of {two.pages} / of {small.pages}, start taken off",
                     (two.full.cpu - start.cpu) / (small.full.cpu - start.cpu), 4.2)
        cold = (small.full.cpu - start.cpu) / small.pages
        yield Figure("cold_page", "CPU of a page of a cold build", 1000 * cold, None, "ms")
        if hugo is not None:
            yield Figure("cold_page_over_hugo", f"the same / Hugo's on the same text ({1000 * hugo:.1f} ms)", cold / hugo, 8)
        yield Figure("cached_over_cold", f"all kept / nothing kept, {small.pages} pages", small.cached.cpu / small.full.cpu, 0.15)
        yield Figure("look_over_cold", f"another look / nothing kept, {small.pages} pages", look.cpu / small.full.cpu)
        yield Figure("page_bytes_growth", f"bytes of a topic's page at {ten.pages} / at {small.pages} pages", ten.page / small.page, 1.02)
        yield Figure("memory_10000_over_1000", f"memory of an edition onto {ten.pages} / onto {one.pages}",
                     ten.edition.peak / one.edition.peak, 1.2)
        yield Figure("unchanged_10000_seconds", f"nothing changed, {ten.pages} pages", ten.nothing.clock, 3, "s")
        yield Figure("edition_10000_seconds", f"CPU of an edition of {edition} pages onto {ten.pages}", ten.edition.cpu, None, "s")

    def processes(self) -> Iterator[Figure]:
        """Two processes beside one."""
        for key, pages in ("processes_2_over_1", 500), ("processes_2_over_1_of_2000", 2_000):
            with tempfile.TemporaryDirectory() as name:
                label = f"two processes / one, clock, cold, {pages // self.small} pages"
                yield Figure(key, label, processes_ratio(Path(name), pages // self.small), 0.6)

    def languages(self) -> Iterator[Figure]:
        """What telling the same pages in more languages costs."""
        count = 70 if self.small == 1 else 30
        (one, shared), (many, told) = (build_told(count, langs) for langs in (LANGUAGES[:1], LANGUAGES))
        label = f"{len(LANGUAGES)} languages / 1; {told} pages a language, {shared - told} for all"
        yield Figure("languages_5_over_1", label, many / one, 5.1)

    def start(self) -> Iterator[Figure]:
        """What `digest --help` costs."""
        yield Figure("help_seconds", "digest --help", min(run([*DIGEST, "--help"], ROOT).cpu for _ in range(5)), 0.15, "s")

    def imports(self) -> Iterator[Figure]:
        """Importing raw texts and pages."""
        yield from in_folder(lambda folder: import_figures(folder, 10_000 // self.small))
        yield from in_folder(lambda folder: html_figures(folder, 300 // self.small))

    def grouping(self) -> Iterator[Figure]:
        """Grouping a stream of articles, each figure in a process of its own."""
        count = 100_000 // self.small
        asked = (word for name in ("batch", "twice", "day") for word in ("--only", name))
        found = json.loads(output([sys.executable, STREAM, "--count", str(count), *asked], ROOT))
        batch, twice, day = (found[name] for name in ("batch", "twice", "day"))
        yield Figure("grouping_seconds", f"grouping of {count:,} analyzed articles", batch["cpu"], 60, "s")
        yield Figure("grouping_mb", "  memory of that", batch["peak"], 1000, "MB")
        yield Figure("grouping_doubled", "grouping of twice as many / of these", twice["cpu"] / batch["cpu"], 2.2)
        yield Figure("new_day_seconds", f"a new day of 500 onto {count:,}", day["cpu"], 5, "s")

    def analysis(self) -> Iterator[Figure]:
        """The whole analysis of 1,000 articles, and of labelled corpora."""
        count = 1000 // self.small
        yield from in_folder(lambda folder: analysis_figures("invented", folder, lambda: write_content(folder / "content", count)))
        if shared := os.environ.get("DIGEST_EVAL"):
            convert = Path(shared, "eval", "as_content.py").resolve()
            for corpus in sorted(Path(shared, "eval", "grouping").resolve().glob("*.jsonl")) if self.small == 1 else ():
                yield from in_folder(lambda folder, corpus=corpus: analysis_figures(
                    corpus.stem.removesuffix(".dev"), folder, lambda: run([sys.executable, convert, corpus, folder], folder)))

    def translation(self) -> Iterator[Figure]:
        """Translating sentences together, beside argostranslate one by one."""
        found = json.loads(output([sys.executable, TRANSLATE, str(400 // self.small)], ROOT))
        yield Figure("sentence_seconds", "translation of a sentence", found["together"], None, "s")
        yield Figure("translation_over_argos", "  the same / argostranslate one by one, clock",
                     found["together_clock"] / found["apart_clock"], 0.2)


def build_told(count: int, languages: tuple[str, ...]) -> tuple[float, int]:
    """Build a content folder in some languages with a memory that holds all translations; return the CPU, and the pages of a language."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_content(folder / "content", count, languages=languages)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        run([sys.executable, REMEMBER, "content", "build/translations"], folder)
        cpu = run([*DIGEST, "build"], folder).cpu
        return cpu, count_pages(folder / "site") if len(languages) == 1 else count_pages(folder / "site" / languages[-1])


def import_figures(folder: Path, count: int) -> Iterator[Figure]:
    """Measure the import of raw texts, and how they group."""
    write_texts(folder, count, kinds=("txt",))
    added, grouped = run([*DIGEST, "add", "txt"], folder), run([*DIGEST, "stories", "--json"], folder)
    yield Figure("import_seconds", f"import of {count:,} raw texts", added.cpu, None, "s")
    yield Figure("import_10000_seconds", "  with their analysis: stories and topics", added.cpu + grouped.cpu, 60, "s")
    yield Figure("import_10000_mb", "  memory of that", max(added.peak, grouped.peak), 1000, "MB")


def html_figures(folder: Path, count: int) -> Iterator[Figure]:
    """Measure the import of HTML beside trafilatura's own work."""
    write_texts(folder, count, kinds=("html",))
    own, html = run([sys.executable, "-c", TRAFILATURA, "html"], folder), run([*DIGEST, "add", "html"], folder)
    yield Figure("html_over_trafilatura", "HTML: import / trafilatura alone", html.cpu / own.cpu, 1.3)


def analysis_figures(what: str, folder: Path, write: Callable[[], object]) -> Iterator[Figure]:
    """Measure what the analysis of a content folder costs, start-up aside, and the share of its stories that is summarized too slowly."""
    write()
    whole, stories = (json.loads(output([sys.executable, ANALYZE, part, "content" if (folder / "content").is_dir() else "."], folder))
                      for part in ("whole", "stories"))
    yield Figure(f"analysis_{what}", f"analysis of 1,000 articles: {what}", 1000 * whole["seconds"] / whole["articles"], 10, "s")
    yield Figure(f"slow_stories_{what}", f"  stories that take more than {1000 * STORY:.0f} ms of its {len(stories)}",
                 sum(cost > STORY for cost in stories) / len(stories))


def main() -> None:
    """Print the table and write it."""
    names = [name for name in vars(Measures) if not name.startswith("_")]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size: minutes instead of an hour")
    parser.add_argument("--only", action="append", choices=names, help="measure this alone; may be given several times")
    parser.add_argument("--largest", type=int, default=10_000, metavar="PAGES", help="pages of the largest site, 10,000 by default")
    asked = parser.parse_args()
    measures = Measures(10 if asked.quick else 1, asked.largest)
    known = json.loads(PLACE.read_text("utf-8")) if asked.only and PLACE.is_file() else {}
    for name in asked.only or names:
        for figure in getattr(measures, name)():
            print(line_of(figure), flush=True)
            known = write_figure(figure, known, quick=asked.quick)


def write_figure(figure: Figure, known: Mapping[str, Any], *, quick: bool) -> dict[str, Any]:
    """Put a figure into build/bench.json, so that a run that is stopped has lost nothing; return what stands there now."""
    machine = f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"
    told = [row for row in known.get("figures", []) if row["key"] != figure.key] + [asdict(figure)]
    found = {**known, "machine": machine, "quick": quick, figure.key: round(figure.value, 4), "figures": told}
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return found


if __name__ == "__main__":
    main()
