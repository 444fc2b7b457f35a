"""Measure speed as ratios, and print them as a table.

    benchmarks/run.py [--small]

CPU is user and system time of whole processes (children included), so that other load on the machine matters little.
Where DIGEST_EVAL names a folder with `eval/grouping`, its articles are analyzed too.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import write_content, write_texts

ROOT = Path(__file__).resolve().parent.parent
ANALYZE = ROOT / "benchmarks" / "analyze.py"
REMEMBER = ROOT / "benchmarks" / "remember.py"
TRANSLATE = ROOT / "benchmarks" / "translate.py"
STORY = 0.05
"""Seconds of CPU for the summary of a story, at most."""
LANGUAGES = ("en", "tr", "es", "de", "fr")
DIGEST = [sys.executable, "-m", "digest"]
ALONE = """site_name: Benchmark
docs_dir: build/pages
site_dir: alone
nav: [index.md]
not_in_nav: "*"
plugins: []
theme: {name: material, font: false, features: [navigation.tabs, navigation.top]}
markdown_extensions: [attr_list]
"""
TRAFILATURA = """import sys, pathlib
from lxml import html
from trafilatura import bare_extraction
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
    bare_extraction(html.fromstring(path.read_bytes()))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used."""

    cpu: float
    """Seconds of user and system time."""
    peak: float
    """MB of memory, at most."""


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder and return what it cost."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.Popen([str(part) for part in command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert done.stderr is not None
    problem = done.stderr.read()
    _, status, used = os.wait4(done.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}: {problem.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def output(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder and return what it prints."""
    return subprocess.run([str(part) for part in command], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
                          stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def pages(folder: Path) -> int:
    """Count the pages of a built site."""
    return sum(1 for _ in folder.rglob("*.html"))


@dataclass(frozen=True, slots=True)
class Built:
    """What it cost to build one content folder."""

    cpu: dict[str, float]
    """Seconds of each command."""
    pages: int
    bytes: int
    """Of the median source page."""


def build_costs(count: int, folder: Path) -> Built:
    """Build a content folder by `digest build`, by MkDocs with our adapter, by MkDocs alone from the pages; and only analyze it."""
    write_content(folder / "content", count)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "alone.yml").write_text(ALONE, "utf-8")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-f"]
    cpu = {"mkdocs build, with the adapter": run([*mkdocs, "mkdocs.yml"], folder).cpu,
           "MkDocs alone, from the pages": run([*mkdocs, "alone.yml"], folder).cpu,
           "reading, grouping, choosing": run([*DIGEST, "summarize", "--json"], folder).cpu}
    shutil.rmtree(folder / "build")
    cpu["digest build"] = run([*DIGEST, "build"], folder).cpu
    sizes = sorted(path.stat().st_size for path in (folder / "site" / "sources").rglob("*.html"))
    return Built(cpu, pages(folder / "site"), sizes[len(sizes) // 2])


def measure_build(small: int, large: int) -> None:
    """Print the cost of a page beyond start-up, as ratios, and whether pages grow with their number."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        a, b = build_costs(small, Path(one)), build_costs(large, Path(other))
    per_page = {name: 1000 * (b.cpu[name] - a.cpu[name]) / (b.pages - a.pages) for name in a.cpu}
    print(f"CPU a page beyond start-up, from {a.pages} and {b.pages} pages")
    for name, cost in per_page.items():
        print(f"  {name:43s} {cost:7.2f} ms   digest build is {per_page['digest build'] / cost:.2f} of it")
    print(f"bytes of the median source page, large/small  {b.bytes / a.bytes:7.2f}      aim ≤ 1.05")


def build_told(count: int, languages: Sequence[str]) -> tuple[float, int]:
    """Build a content folder in some languages with a memory that holds all translations; return the CPU, and the pages of a language."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_content(folder / "content", count, languages=languages)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        run([sys.executable, REMEMBER, "content", "build/translations"], folder)
        cpu = run([*DIGEST, "build"], folder).cpu
        return cpu, pages(folder / "site") if len(languages) == 1 else pages(folder / "site" / languages[-1])


def measure_languages(count: int) -> None:
    """Print what telling the same pages in more languages costs, as ratios."""
    (one, shared), (many, told) = build_told(count, LANGUAGES[:1]), build_told(count, LANGUAGES)
    print(f"CPU of {len(LANGUAGES)} languages / 1, full memory            {many / one:7.2f}      aim ≤ 5.2; "
          f"{told} pages a language, {shared - told} for all")


def measure_import(count: int) -> None:
    """Print the cost of importing, grouping and summarizing raw texts, and of HTML beside trafilatura's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_texts(folder, count)
        added = run([*DIGEST, "add", "txt"], folder)
        told = run([*DIGEST, "summarize", "--json"], folder)
        own = run([sys.executable, "-c", TRAFILATURA, "html"], folder)
        html = run([*DIGEST, "add", "html", "--content", "other"], folder)
    report("raw text: import", added, count)
    report("          group and summarize", told, count)
    print(f"  together, for 1,000 articles                {1000 * (added.cpu + told.cpu) / count:7.2f} s    aim ≤ 10 s, 500 MB")
    print(f"HTML: import / trafilatura alone              {html.cpu / own.cpu:7.2f}      aim ≤ 1.30")


def report(what: str, cost: Cost, count: int) -> None:
    """Print a cost for 1,000 articles."""
    print(f"{what:45s} {1000 * cost.cpu / count:7.2f} s    {cost.peak:.0f} MB")


def measure_generated(count: int) -> None:
    """Print the cost of analyzing invented articles."""
    with tempfile.TemporaryDirectory() as name:
        write_content(Path(name, "content"), count)
        report_analysis("invented articles", Path(name))


def measure_corpora(convert: Path, corpora: Path) -> None:
    """Print the cost of analyzing labelled corpora."""
    for corpus in sorted(corpora.glob("*.jsonl")):
        with tempfile.TemporaryDirectory() as name:
            run([sys.executable, convert, corpus, name], Path(name))
            report_analysis(corpus.stem.removesuffix(".dev"), Path(name))


def report_analysis(what: str, folder: Path) -> None:
    """Print what the analysis of a content folder costs, start-up aside, and which part of its stories is summarized too slowly."""
    whole, stories = (json.loads(output([sys.executable, ANALYZE, part, "content"], folder)) for part in ("whole", "stories"))
    slow = sum(cost > STORY for cost in stories) / len(stories)
    print(f"analysis of 1,000: {what:26s} {1000 * whole['seconds'] / whole['articles']:7.2f} s    aim ≤ 10 s")
    print(f"  summary of the slowest of {len(stories):4d} stories    {1000 * max(stories):10.2f} ms   "
          f"aim ≤ {1000 * STORY:.0f} ms; {slow:.1%} are slower")


def measure_translation(count: int) -> None:
    """Print what translating a sentence costs, and how much more it costs as argostranslate does it; then the throughput of both."""
    found = json.loads(output([sys.executable, TRANSLATE, str(count)], ROOT))
    print(f"translation: {1000 * found['together']:.0f} ms a sentence, argostranslate one by one {1000 * found['apart']:.0f} ms "
          f"{found['apart'] / found['together']:10.1f}×")
    print(f"  sentences a second: {1 / found['together_clock']:.1f}, argostranslate {1 / found['apart_clock']:.1f} "
          f"{found['apart_clock'] / found['together_clock']:21.1f}×   aim ≥ 5")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the size, to see that it runs")
    scale = 10 if parser.parse_args().small else 1
    measure_build(200 // scale, 1000 // scale)
    measure_languages(300 // scale)
    measure_import(1000 // scale)
    measure_translation(400 // scale)
    measure_generated(1000 // scale)
    if shared := os.environ.get("DIGEST_EVAL"):
        measure_corpora(Path(shared, "eval", "as_content.py").resolve(), Path(shared, "eval", "grouping").resolve())


if __name__ == "__main__":
    main()
