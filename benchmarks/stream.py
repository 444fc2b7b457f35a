"""Measure grouping as news comes in, and print JSON: CPU seconds and the most memory of whole processes, one for each figure.

    benchmarks/stream.py [--count N]

Articles are invented (`newsroom`), about 500 a day, and analyzed outside what is measured. `batch` groups N from nothing, `twice` 2 N;
`day` adds the last days of N one by one, each to what was kept of those before it, and compares that with grouping from nothing; `raw`
analyzes and groups 10,000 raw texts, imports and the start of the process included.
"""

import argparse
import gc
import json
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsroom import make_news

from digest.dedupe import find_texts
from digest.gist import Gist, find_gist
from digest.group import group_texts
from digest.models import Article
from digest.settings import Grouping
from digest.topics import Gathered, group_stories

RAW = 10_000
WEEK = 7
"""Days that are added one by one; an archive has some more of them."""


def cpu() -> float:
    """Return the seconds of user and system time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> int:
    """Return the MB of memory that this process has had, at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def group(articles: Sequence[Article], gists: dict[str, Gist], memory: dict[bytes, Any] | None = None) -> tuple[Gathered, ...]:
    """Group analyzed articles, and say what each stage took."""
    def read(article: Article) -> Gist:
        return gists[article.id]

    start = cpu()
    texts = find_texts(articles, Grouping(), read=lambda article: gists[article.id].run, memory=memory)
    copies = cpu()
    stories = group_texts(texts, Grouping(), read=read, memory=memory)
    events = cpu()
    topics = group_stories(stories, Grouping(), read=read, memory=memory)
    print(f"{len(articles)} articles: {len(texts)} texts {copies - start:.1f} s, {len(stories)} stories {events - copies:.1f} s, "
          f"{len(topics)} topics {cpu() - events:.1f} s", file=sys.stderr)
    return topics


def measure_batch(archive: Path) -> dict[str, float]:
    """Group all of an archive."""
    articles, gists = load(archive)
    held, start = peak(), cpu()
    group(articles, gists)
    return {"articles": len(articles), "cpu": round(cpu() - start, 1), "peak": peak(), "peak_before": held}


def measure_day(archive: Path) -> dict[str, float]:
    """Group all but the last week, then add its days one by one, and compare: what a day costs on the average, and at most."""
    articles, gists = load(archive)
    days = [article.published.day for article in articles if article.published]
    ends = [n for n in range(1, len(days)) if days[n] != days[n - 1]][-WEEK - 1:]
    memory: dict[bytes, Any] = {}
    group(articles[:ends[0]], gists, memory)
    took = list[float]()
    for end in ends[1:]:
        memory = {key: pickle.loads(pickle.dumps(kept)) for key, kept in memory.items()}
        start = cpu()
        found = group(articles[:end], gists, memory)
        took.append(cpu() - start)
    return {"articles": ends[-1], "a_day": round((ends[-1] - ends[0]) / len(took)), "cpu": round(sum(took) / len(took), 1),
            "most": round(max(took), 1), "resumed_is_cold": found == group(articles[:ends[-1]], gists)}


def measure_raw(_archive: Path) -> dict[str, float]:
    """Analyze and group raw texts."""
    before = cpu()
    articles = make_news(RAW)
    start = cpu()
    gists = {gist.id: gist for gist in map(find_gist, articles)}
    analyzed = cpu()
    group(articles, gists)
    return {"articles": RAW, "cpu": round(cpu() - start + before, 1), "ms_an_article": round(1000 * (analyzed - start) / RAW, 2)}


def load(archive: Path) -> tuple[list[Article], dict[str, Gist]]:
    """Return articles and what is read in them."""
    gc.disable()
    with archive.open("rb") as file:
        rows: list[tuple[Article, Gist]] = [row for batch in iter(lambda: pickle.load(file), None) for row in batch]
    return [article for article, _ in rows], {gist.id: gist for _, gist in rows}


def store(archive: Path, count: int) -> None:
    """Make an archive and read its articles."""
    articles = make_news(count)
    with archive.open("wb") as file:
        for start in range(0, count, 1000):
            pickle.dump([(article, find_gist(article)) for article in articles[start:start + 1000]], file)
        pickle.dump(None, file)


MEASURES = {"batch": measure_batch, "twice": measure_batch, "day": measure_day, "raw": measure_raw}


def run(*args: str) -> str:
    """Run this script in a process of its own."""
    return subprocess.run([sys.executable, __file__, *args], check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Measure one figure, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--only", choices=MEASURES, action="append")
    parser.add_argument("--store", type=Path, help="make an archive here, and measure nothing")
    parser.add_argument("--archive", type=Path, help="measure with this one, in this process")
    args = parser.parse_args()
    if args.store:
        store(args.store, args.count)
    elif args.archive:
        print(json.dumps(MEASURES[args.only[0]](args.archive)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = {}
            for name in args.only or MEASURES:
                count, archive = {"twice": 2 * args.count}.get(name, args.count), Path(folder, name)
                if name != "raw":
                    run("--store", str(archive), "--count", str(count))
                found[name] = json.loads(run("--archive", str(archive), "--only", name))
                archive.unlink(missing_ok=True)
            print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
