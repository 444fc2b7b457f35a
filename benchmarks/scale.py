"""Reckon what digests of any size cost, and print it as tables in Markdown: unit costs, measured on small digests, times plans.

    scale.py [--UNIT VALUE]...

The chapter `docs/scale.md` has the tables that this prints without options; a test holds both together.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from math import ceil
from typing import Any

HOUR = 3600
DAY = 24 * HOUR
GB, MB, KB = 1e9, 1e6, 1e3
LISTS = 15
"""Pages of a language beside topics and days: front page, lists, outlets, months, how it is made."""
ONE_LIST = 20 * KB
PAGES_LIMIT, CACHE_LIMIT, TRAFFIC_LIMIT = GB, 10 * GB, 100 * GB
"""Of GitHub: a site, what Actions keep of a repository, and the traffic of a month."""
RUNNER_DISK, RUNNER_MEMORY = 14 * GB, 16 * GB
RUN = 5 * HOUR
"""Seconds in which a run of *archive.yml* translates a language or builds."""
RUNNER = 4
"""Processors of a GitHub runner."""
CLUSTER = 4 * 16
"""Processors of the cluster: four machines with sixteen each."""
VIEWS = 5
"""Pages that a visit shows."""
Row = Sequence[str]


def unit(value: float, says: str) -> Any:
    """Declare the cost of one of something."""
    return field(default=value, metadata={"says": says})


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What one of each costs, in seconds of CPU or bytes, and how many there are of each."""

    imported: float = unit(0.01, "s to import an article from a page of 100 KB")
    analyzed: float = unit(0.0012, "s to analyze an article")
    read: float = unit(0.0006, "s of every build to read an article and go on grouping")
    quoted: float = unit(0.034, "s to compare and summarize a topic")
    rendered: float = unit(0.017, "s to render a topic and its articles, a language")
    source_built: float = unit(0.0055, "s to build the page of an article")
    source_proven: float = unit(0.0029, "s to prove it")
    page_built: float = unit(0.019, "s to build any other page")
    page_proven: float = unit(0.019, "s to prove it")
    kept: float = unit(0.0015, "s of every build for a page that stays as it is")
    translated: float = unit(0.048, "s to translate a sentence")
    sentences: float = unit(5, "sentences of an article that a page needs in another language")
    topics: float = unit(0.33, "topics of an article: three articles a topic")
    days: float = unit(2, "editions that tell a topic as new or changed")
    source_bytes: float = unit(13.3 * KB, "bytes of the page of an article")
    topic_bytes: float = unit(30 * KB, "bytes of the page of a topic in its own language")
    told_bytes: float = unit(41 * KB, "bytes of it in another")
    data_bytes: float = unit(20 * KB, "bytes of the data and the feed of a topic, a language")
    day_bytes: float = unit(5.8 * KB, "bytes of a topic on the page of a day")
    search_bytes: float = unit(0.9 * KB, "bytes of the search index, a page")
    packed: float = unit(0.12, "of the site's bytes, packed")
    visit_bytes: float = unit(66 * KB, "bytes of styles and scripts of a visit, packed")
    article_bytes: float = unit(1.5 * KB, "bytes of an article's file")
    source_cache: float = unit(26 * KB, "bytes of `build/cache`, the page of an article")
    page_cache: float = unit(85 * KB, "bytes of `build/cache`, any other page")
    cache_packed: float = unit(0.11, "of these, packed")
    memory_bytes: float = unit(270, "bytes of the translation memory, a sentence")
    memory_packed: float = unit(0.3, "of these, packed")
    peak: float = unit(130 * KB, "bytes of memory of the machine, an article")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a newsroom means to do."""

    name: str
    articles: int
    a_day: int
    languages: int
    editions: int
    """A day."""


PLANS = (Plan("desk", 30 * 365, 30, 5, 1), Plan("newsroom", 500 * 365, 500, 5, 4), Plan("archive", 1_000_000, 1000, 50, 10))


@dataclass(frozen=True, slots=True)
class Costs:
    """What a plan costs: times in seconds, sizes in bytes."""

    plan: Plan
    unit: Units

    @property
    def topics(self) -> float:
        """How many topics there are."""
        return self.plan.articles * self.unit.topics

    @property
    def days(self) -> float:
        """How many days have an edition."""
        return self.plan.articles / self.plan.a_day

    @property
    def others(self) -> float:
        """How many pages are told in every language."""
        return self.plan.languages * (self.topics + self.days + LISTS)

    @property
    def pages(self) -> float:
        """How many pages there are."""
        return self.plan.articles + self.others

    @property
    def new(self) -> float:
        """How many articles an edition adds."""
        return self.plan.a_day / self.plan.editions

    @property
    def site(self) -> float:
        """The size of the site."""
        one, languages = self.unit, self.plan.languages
        topic = one.topic_bytes + (languages - 1) * one.told_bytes + languages * (one.data_bytes + one.days * one.day_bytes)
        return self.plan.articles * one.source_bytes + self.topics * topic + self.pages * one.search_bytes + languages * LISTS * ONE_LIST

    @property
    def cache(self) -> float:
        """The size of what is kept of builds."""
        return self.plan.articles * self.unit.source_cache + self.others * self.unit.page_cache

    @property
    def memory(self) -> float:
        """The size of the translation memory."""
        return self._sentences(self.plan.articles) * self.unit.memory_bytes

    @property
    def kept(self) -> float:
        """The size of both, packed."""
        return self.cache * self.unit.cache_packed + self.memory * self.unit.memory_packed

    @property
    def disk(self) -> float:
        """What a build fills of a runner's disk: the site, half as much for its Markdown, and what is kept."""
        return 1.5 * self.site + self.cache + self.memory

    @property
    def peak(self) -> float:
        """The memory of the machine."""
        return self.plan.articles * self.unit.peak

    @property
    def imports(self) -> float:
        """The time of the import, which one process does."""
        return self.plan.articles * self.unit.imported

    def translation(self, processors: int, languages: int | None = None) -> float:
        """Return the time of the translation, of all languages or of so many."""
        share = 1 if languages is None else languages / (self.plan.languages - 1)
        return self._sentences(self.plan.articles) * self.unit.translated * share / processors

    @property
    def alone(self) -> float:
        """The time of every build in the process that was called, whatever is new."""
        return self.plan.articles * self.unit.read + self.pages * self.unit.kept

    def build(self, processors: int) -> float:
        """Return the time of the first build."""
        return self.alone + self._shared(self.plan.articles) / processors

    def first(self, processors: int) -> float:
        """Return the time of import, translation and build, one after the other."""
        return self.imports + self.translation(processors) + self.build(processors)

    def runs(self) -> str:
        """Return how many runs of *archive.yml* it takes until all is translated and built; each build does again what one process does."""
        shared = self._shared(self.plan.articles) / RUNNER
        if self.alone >= RUN:
            return "too large"
        return count(ceil(self.translation(RUNNER, languages=1) / RUN) + ceil(shared / (RUN - self.alone)) - 1)

    def edition(self, processors: int) -> float:
        """Return the time of an edition onto all that is there."""
        return self.alone + (self._shared(self.new) + self._sentences(self.new) * self.unit.translated) / processors

    def _sentences(self, articles: float) -> float:
        """Return how many translations so many articles need."""
        return articles * self.unit.sentences * (self.plan.languages - 1)

    def _shared(self, articles: float) -> float:
        """Return the CPU that all processes share where so many articles are new."""
        one = self.unit
        topic = one.quoted + self.plan.languages * (one.rendered + one.page_built + one.page_proven)
        return articles * (one.analyzed + one.source_built + one.source_proven + one.topics * topic)


def rounded(value: float) -> float:
    """Return a number to two digits."""
    return float(f"{value:.2g}")


def count(value: float) -> str:
    """Return a number to two digits."""
    return f"{rounded(value / 1e6):,g} million" if value >= 1e6 else f"{rounded(value):,g}" if value >= 1 else f"{value:.2g}"


def size(value: float) -> str:
    """Return bytes to two digits."""
    for unit_size, name in ((1e12, "TB"), (GB, "GB"), (MB, "MB"), (KB, "KB")):
        if value >= unit_size:
            return f"{rounded(value / unit_size):g} {name}"
    return f"{value:.0f} bytes"


def time(seconds: float) -> str:
    """Return a time to two digits, in the unit that people would use."""
    for least, length, name in ((2 * DAY, DAY, "days"), (HOUR, HOUR, "h"), (60, 60, "min")):
        if seconds >= least:
            return f"{rounded(seconds / length):,g} {name}"
    return f"{rounded(seconds):g} s"


def table(head: Row, rows: Iterable[Row]) -> str:
    """Return a table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def unit_table(one: Units) -> str:
    """Return what one of each costs."""
    rows = ([f"`{each.name}`", f"{getattr(one, each.name):g}", each.metadata["says"]] for each in fields(one))
    return table(["option", "value", "what"], rows)


def passed(costs: Costs, limit: float, used: float) -> str:
    """Return with how many articles, and on which day, what grows with them passes a limit."""
    articles = costs.plan.articles * limit / used
    return f"{count(articles)} articles, day {count(max(1, articles / costs.plan.a_day))}"


def visit(costs: Costs) -> float:
    """Return the bytes that a visit loads."""
    return costs.unit.visit_bytes + VIEWS * costs.unit.packed * costs.site / costs.pages


PLAN_TABLES: tuple[dict[str, Callable[[Costs], str]], ...] = (
    {
        "articles": lambda c: count(c.plan.articles),
        "articles a day, languages, editions a day": lambda c: f"{c.plan.a_day:,}, {c.plan.languages}, {c.plan.editions}",
        "pages of articles, once for all languages": lambda c: count(c.plan.articles),
        "pages of topics, all languages": lambda c: count(c.topics * c.plan.languages),
        "pages of days, all languages": lambda c: count(c.days * c.plan.languages),
        "lists, all languages": lambda c: count(LISTS * c.plan.languages),
        "pages": lambda c: f"**{count(c.pages)}**",
    },
    {
        "articles' files": lambda c: size(c.plan.articles * c.unit.article_bytes),
        "the site": lambda c: size(c.site),
        "the site, packed": lambda c: size(c.site * c.unit.packed),
        "`build/cache`": lambda c: size(c.cache),
        "`build/cache`, packed": lambda c: size(c.cache * c.unit.cache_packed),
        "the translation memory": lambda c: size(c.memory),
        "memory of the machine": lambda c: size(c.peak),
    },
    {
        "CPU: import": lambda c: time(c.imports),
        "CPU: translation": lambda c: time(c.translation(1)),
        "CPU: build and proof": lambda c: time(c.build(1)),
        "of it in one process": lambda c: time(c.alone),
        "all, on 2 processors": lambda c: time(c.first(2)),
        "all, on 4 (a GitHub runner)": lambda c: time(c.first(RUNNER)),
        "*archive*: a language, on 4": lambda c: time(c.translation(RUNNER, languages=1)),
        "*archive*: the build, on 4": lambda c: time(c.build(RUNNER)),
        "*archive*: runs, at 5 h for each": lambda c: c.runs(),
        "import and build on a cluster of 4 × 16": lambda c: time(c.imports + c.build(CLUSTER)),
        "translation there, each machine its languages": lambda c: time(c.translation(CLUSTER)),
    },
    {
        "new articles": lambda c: count(c.new),
        "CPU": lambda c: time(c.edition(1)),
        "of it in one process": lambda c: time(c.alone),
        "on 2 processors": lambda c: time(c.edition(2)),
        "on 4": lambda c: time(c.edition(RUNNER)),
    },
    {
        "Pages: a site of 1 GB has so many pages": lambda c: count(PAGES_LIMIT / (c.site / c.pages)),
        "which are passed with": lambda c: passed(c, PAGES_LIMIT, c.site),
        "Actions: caches of 10 GB, with one of each": lambda c: passed(c, CACHE_LIMIT, c.kept),
        "Actions: a runner's disk of 14 GB": lambda c: passed(c, RUNNER_DISK, c.disk),
        "Actions: its memory of 16 GB": lambda c: passed(c, RUNNER_MEMORY, c.peak),
        f"Pages: 100 GB are so many visits of {VIEWS} pages": lambda c: count(TRAFFIC_LIMIT / visit(c)),
    },
)
"""By label, what stands in the column of a plan."""


def tables(one: Units) -> Iterator[str]:
    """Yield all tables."""
    yield unit_table(one)
    plans = [Costs(plan, one) for plan in PLANS]
    for rows in PLAN_TABLES:
        yield table(["", *(costs.plan.name for costs in plans)], [[label, *map(told, plans)] for label, told in rows.items()])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for each in fields(Units):
        parser.add_argument(f"--{each.name.replace('_', '-')}", type=float, default=each.default, metavar="N", help=each.metadata["says"])
    print("\n\n".join(tables(Units(**vars(parser.parse_args())))))


if __name__ == "__main__":
    main()
