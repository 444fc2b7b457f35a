"""What building costs: everything, an edition onto what is built, nothing new; on one processor and on two; beside Hugo."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generate import write_content
from measuring import DIGEST, ROOT, Cost, run

__all__ = ["Costs", "build_costs", "hugo_cost", "look_cost", "processes_ratio", "start_cost"]

PAGES = 0.7
"""Articles for each page of a site of invented articles, about: each has a page, and there are those of topics and lists."""
TOPICS = 0.25
"""Topics for each page of it, about."""
EDITION = 100
"""Pages of a new edition."""
_HUGO = """baseURL = "https://example.org/"
title = "Benchmark"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section"]
[markup.goldmark.renderer]
unsafe = true
"""
_LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main>{{ .Content }}</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """What the builds of one content folder cost, one after the other."""

    pages: int
    """Pages of the site before the new edition."""
    full: Cost
    """Everything, and nothing was built before."""
    cached: Cost
    """The same, of which every result was kept, but nothing built was left."""
    edition: Cost
    """An edition of some hundred pages onto it."""
    nothing: Cost
    """Once more, when nothing changed."""
    page: float
    """Bytes of the median page of a topic."""


def prepare(folder: Path, articles: int, later: int = 0) -> Path:
    """Write a content folder of invented articles; return where those of a later edition are kept back."""
    write_content(folder / "content", articles + later)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    kept = folder / "later"
    for path in sorted((folder / "content" / "articles").rglob("*.md"), key=lambda path: path.name)[articles:]:
        place = kept / path.relative_to(folder / "content")
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    return kept


def build_costs(folder: Path, pages: int, edition: int = EDITION) -> Costs:
    """Build a site of so many pages, again, with a new edition, and without any.

    Before the new edition those before it are recorded, as publishing does, and the site is built once more.
    """
    kept = prepare(folder, round(pages * PAGES), round(edition * PAGES))
    build = [*DIGEST, "build"]
    full = run(build, folder)
    built = count_pages(folder / "site")
    sizes = [path.stat().st_size for path in (folder / "site" / "topics").glob("*/index.html")]
    for left in ("site", "build/pages"):
        shutil.rmtree(folder / left)
    (folder / "build" / "pages.json").unlink()
    cached = run(build, folder)
    record_editions(folder, edition)
    run(build, folder)
    shutil.copytree(kept, folder / "content", dirs_exist_ok=True)
    return Costs(built, full, cached, run(build, folder), run(build, folder), median(sizes))


def look_cost(folder: Path) -> Cost:
    """Return what it costs to build what was built with another look: each page is set and proven again."""
    path = folder / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("scheme: slate", "scheme: default"), "utf-8")
    return run([*DIGEST, "build"], folder)


def record_editions(folder: Path, pages: int) -> None:
    """Record what is built as if editions of so many pages had been published one after the other: each topic in that of its last day."""
    run([*DIGEST, "stories", "--record"], folder)
    whole, = (folder / "content" / "editions").glob("*.json")
    record = json.loads(whole.read_text("utf-8"))
    data = (json.loads(path.read_text("utf-8")) for path in (folder / "site" / "data" / "topics").glob("*.json"))
    days = {topic["id"]: topic["updated"][:10] for topic in data}
    edition: list[dict[str, object]] = []
    ordered = sorted(record["topics"], key=lambda topic: days[topic["id"]])
    for number, topic in enumerate(ordered, 1):
        edition.append(topic)
        day = days[topic["id"]]
        last = number == len(ordered)
        if last or (len(edition) >= pages * TOPICS and days[ordered[number]["id"]] != day):
            name = record["day"] if last else day
            (whole.parent / f"{name}.json").write_text(json.dumps(record | {"day": name, "topics": edition}), "utf-8")
            edition = []


def count_pages(site: Path) -> int:
    """Count the pages of a built site."""
    return sum(1 for _ in site.rglob("*.html"))


def start_cost(folder: Path) -> Cost:
    """Return what it costs to build a site of one article: mostly what starts with every build."""
    prepare(folder, 1)
    return run([*DIGEST, "build", "--jobs", "1"], folder)


def processes_ratio(folder: Path, pages: int) -> float:
    """Return how long a cold build takes on two processors, as a share of what it takes on one."""
    prepare(folder, round(pages * PAGES))
    one, two = (run([*DIGEST, "build", "--no-cache", "--jobs", jobs], folder).clock for jobs in ("1", "2"))
    return two / one


def hugo_cost(folder: Path, built: Path) -> float | None:
    """Return what Hugo takes of CPU for a page of the same text, beyond its start; None where it is not here."""
    program = shutil.which("hugo")
    if program is None:
        return None
    pages = sorted((built / "build" / "pages").rglob("*.md"))
    few, all_of_them = (_hugo(folder / str(number), built / "build" / "pages", pages[:number], program) for number in (1, len(pages)))
    return (all_of_them - few) / (len(pages) - 1)


def _hugo(folder: Path, root: Path, pages: list[Path], program: str) -> float:
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "config.toml").write_text(_HUGO, "utf-8")
    for name in ("single", "list"):
        (folder / "layouts" / "_default" / f"{name}.html").write_text(_LAYOUT, "utf-8")
    for number, path in enumerate(pages):
        body = path.read_text("utf-8").partition("\n---\n")[2]
        place = folder / "content" / path.relative_to(root).parent / f"{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f'---\ntitle: "{number}"\n---\n{body}', "utf-8")
    return run([program, "--quiet"], folder, HOME=str(folder)).cpu
