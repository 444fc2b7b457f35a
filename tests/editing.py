"""A small press of invented articles, and its editors' file, for the tests of what editors decide."""

from collections.abc import Sequence
from pathlib import Path

from digest.editors.overrides import Overrides, read_overrides
from digest.models import Article, When
from digest.pipeline import Digest, make_digest
from digest.records import EditionRecord, Ledger
from digest.settings import Outlet, Settings

OPEN = Settings(title="T", outlets={"open": Outlet(id="open", name="Open", rights="full")})
"""Everything may be quoted."""
BRIDGE = ("The drawbridge of Orvane got stuck with 31 cars on it on Monday, the harbour office of Orvane said. "
          "Engineer Hanne Brix blamed a cracked gear in the eastern tower. Buses of line 14 go round by Pellin until further notice.")
BRIDGE_AGAIN = ("On Monday 31 cars stood on the stuck drawbridge of Orvane, according to the harbour office. "
                "A cracked gear in the eastern tower is to blame, engineer Hanne Brix told reporters. Line 14 is sent round by Pellin.")
HONEY = ("Thieves took forty jars of honey from the market hall of Pellin and left a note. "
         "The note thanked beekeeper Otto Quist for an excellent year. Quist said the honey was not even his best.")
HERON = ("A heron has moved into the fountain of Sill and refuses to leave it. "
         "Mayor Tove Lund of Sill said the heron may stay as long as there are fish. Children bring it herrings after school.")


UNRECORDED = Ledger()


def article(ident: str, text: str, published: str | None = "2031-05-05", lang: str = "en") -> Article:
    """Return an article of the open outlet."""
    return Article(id=ident, path=Path(f"{ident}.md"), title=f"{text.split('.')[0][:60]} ({ident})", text=text, lang=lang, outlet="open",
                   published=When.parse(published) if published else None)


PRESS = (article("bridge-a", BRIDGE), article("bridge-b", BRIDGE_AGAIN), article("honey", HONEY, "2031-06-05"),
         article("heron", HERON, "2031-07-01"))


def overrides(folder: Path, text: str) -> Overrides:
    """Return what an editors' file says."""
    (folder / "overrides.yml").write_text(text, "utf-8")
    return read_overrides(folder)


def decided(folder: Path, text: str = "", press: Sequence[Article] = PRESS, settings: Settings = OPEN, ledger: Ledger = UNRECORDED,
            records: Sequence[EditionRecord] = ()) -> Digest:
    """Return the digest of a press with what its editors decided."""
    return make_digest(settings, press, (), ledger, records, overrides=overrides(folder, text))


def topics(digest: Digest) -> set[frozenset[str]]:
    """Return the articles of each topic."""
    return {frozenset(a.id for a in topic.articles) for topic in digest.edition.topics}


def stories(digest: Digest) -> set[frozenset[str]]:
    """Return the articles of each story."""
    return {frozenset(a.id for a in story.articles) for topic in digest.edition.topics for story in topic.stories}
