"""Make an archive of invented articles: seeded, so that the same numbers give the same files."""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_SYLLABLES = "ba be bo da de do ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to va ve vo za ze zo li mi ri ti".split()
_PLAIN = ("council ministry report meeting agreement border school harbour bridge budget court river market election hospital road farm "
          "railway forest storm library museum factory union police bank price water energy tax housing festival league airport").split()
_VERBS = "approved rejected opened closed delayed announced discussed repaired inspected financed criticised extended".split()
_SAID = ("officials said", "the ministry announced", "according to a statement", "residents told reporters", "the mayor said")


@dataclass(frozen=True, slots=True)
class Event:
    """What several articles report: its names, things and numbers."""

    day: date
    names: tuple[str, ...]
    things: tuple[str, ...]
    numbers: tuple[int, ...]


def make_articles(count: int, seed: int = 1) -> Iterator[tuple[str, dict[str, object], list[str]]]:
    """Yield id, front matter and paragraphs of invented articles, about three an event."""
    chance = random.Random(seed)
    event = _event(chance, 0)
    for number in range(count):
        if chance.random() < 0.35:
            event = _event(chance, number)
        ident = f"a{number:06d}-{chance.getrandbits(32):08x}"
        day = event.day + timedelta(days=chance.randrange(2))
        front = {"title": f"{event.names[0]} {chance.choice(_VERBS)} {event.things[0]} in {event.names[1]}", "published": day.isoformat(),
                 "outlet": f"outlet-{chance.randrange(8)}", "lang": "en", "url": f"https://outlet.example.org/{ident}"}
        yield ident, front, [" ".join(_sentence(event, chance) for _ in range(3)) for _ in range(5)]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randrange(2, 4))).capitalize()


def _event(chance: random.Random, number: int) -> Event:
    return Event(date(2024, 1, 1) + timedelta(days=number // 8), tuple(_name(chance) for _ in range(5)),
                 tuple(chance.sample(_PLAIN, 5)), tuple(chance.randrange(10, 9000) for _ in range(4)))


def _sentence(event: Event, chance: random.Random) -> str:
    one, two = chance.sample(event.names, 2)
    return (f"{one} {chance.choice(_VERBS)} the {chance.choice(event.things)} of {two} and {chance.choice(event.numbers)} other "
            f"{chance.choice(_PLAIN)} plans, {chance.choice(_SAID)}.")


def write_content(folder: Path, count: int, seed: int = 1, languages: Sequence[str] = ("en",)) -> None:
    """Write a content folder that is told in these languages."""
    for ident, front, paragraphs in make_articles(count, seed):
        path = folder / "articles" / str(front["published"])[:7].replace("-", "/") / f"{ident}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
        path.write_text(f"---\n{head}---\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
    (folder / "digest.yml").write_text(f"title: Benchmark\nlanguages: [{', '.join(languages)}]\n", "utf-8")
    (folder / "outlets.yml").write_text("".join(f"- {{id: outlet-{n}, name: Outlet {n}}}\n" for n in range(8)), "utf-8")


def _page(front: dict[str, object], paragraphs: list[str], chance: random.Random) -> str:
    """Return a page as news sites have it: some 100 KB, most of it navigation, teasers and scripts."""
    links = "".join(f'<li class="nav-item"><a href="/s/{n}">{_name(chance)} {chance.choice(_PLAIN)}</a></li>' for n in range(150))
    teasers = "".join(f'<div class="teaser"><a href="/a/{n}"><img src="/i/{n}.jpg" alt="{_name(chance)}"><h3>{_name(chance)} '
                      f'{chance.choice(_VERBS)} {chance.choice(_PLAIN)}</h3></a><p>{_name(chance)}, {chance.choice(_PLAIN)}</p></div>'
                      for n in range(60))
    script = "".join(f"window.q=window.q||[];q.push({{id:{n},k:'{_name(chance)}'}});" for n in range(1200))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (f"<!doctype html><html lang=en><head><title>{front['title']}</title><meta property='article:published_time' "
            f"content='{front['published']}T10:00:00Z'><script>{script}</script></head><body><nav><ul>{links}</ul></nav>"
            f"<main><article><h1>{front['title']}</h1>{body}</article><aside>{teasers}</aside></main>"
            f"<footer><ul>{links}</ul>All rights reserved</footer></body></html>")


def write_texts(folder: Path, count: int, seed: int = 1, kinds: Sequence[str] = ("txt", "html")) -> None:
    """Write raw texts, HTML pages or both of the same articles, into `txt` and `html`."""
    for kind in kinds:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for ident, front, paragraphs in make_articles(count, seed):
        text = f"{front['title']}\n\n{front['published']}\n\n" + "\n\n".join(paragraphs) + f"\n\n{front['url']}\n"
        if "txt" in kinds:
            (folder / "txt" / f"{ident}.txt").write_text(text, "utf-8")
        if "html" in kinds:
            (folder / "html" / f"{ident}.html").write_text(_page(front, paragraphs, chance), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    arguments = parser.parse_args()
    write_content(arguments.folder, arguments.count)
