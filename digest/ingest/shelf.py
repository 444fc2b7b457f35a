"""Put imported articles on their place in `content/`, each once; keep what a changed article said before."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from digest.content import article_path, format_article, parse_article, read_articles, write_file
from digest.errors import ArticleError
from digest.ingest.names import host_of
from digest.ingest.raw import RawArticle
from digest.ingest.sift import fold
from digest.models import Article, When, text_version
from digest.settings import Settings
from digest.slugs import short_hash, slugify

__all__ = ["Shelf", "article_id", "outlet_of"]

_EDITORS_KEYS = ("republished_by", "copy_of", "rights")
"""What editors write into an article's file by hand; it outlives an update."""


def article_id(raw: RawArticle) -> str:
    """Return the id of an article: its title and a short hash of its address, or of its text where it has none."""
    basis = raw.url or f"{raw.title}\n{raw.text}"
    return f"{slugify(raw.title) or 'article'}-{short_hash(basis)}"


def outlet_of(raw: RawArticle, settings: Settings) -> str | None:
    """Return the id of the declared outlet that an article's outlet name or address belongs to; else the name as found."""
    name = fold(raw.outlet or "")
    for outlet in settings.outlets.values():
        if name and name in (fold(outlet.name), fold(outlet.id)):
            return outlet.id
    for host in filter(None, (host_of(raw.url), raw.host)):
        for outlet in settings.outlets.values():
            if any(host == domain or host.endswith(f".{domain}") for domain in map(_bare, outlet.domains)):
                return outlet.id
    return raw.outlet


def _bare(domain: str) -> str:
    return domain.casefold().removeprefix("www.")


@dataclass(slots=True)
class Shelf:
    """The articles of a content folder, to find the one that comes again."""

    content: Path
    by_id: dict[str, Article] = field(default_factory=dict)
    by_url: dict[str, Article] = field(default_factory=dict)
    by_words: dict[tuple[str | None, str, str], Article] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path) -> "Shelf":
        """Read what a content folder holds."""
        shelf = cls(content)
        for article in read_articles(content, drafts=True).articles:
            shelf._note(article)
        return shelf

    def _note(self, article: Article) -> None:
        self.by_id[article.id] = article
        if article.url:
            self.by_url[article.url] = article
        self.by_words[article.outlet, fold(article.title), article.text] = article

    def put(self, raw: RawArticle, outlet: str | None) -> tuple[Path, str, str | None]:
        """Write an article where it is new or changed; return its file, `added`, `updated` or `unchanged`, and a note.

        Raises:
            ArticleError: it cannot be kept.
        """
        new_id = article_id(raw)
        former = self.by_url.get(raw.url) if raw.url else None
        former = former or self.by_id.get(new_id) or self.by_words.get((outlet, fold(raw.title), raw.text))
        if former is None:
            return self._write(article_path(self.content, new_id, raw.published), _front(raw, outlet), raw), "added", None
        if former.text == raw.text:
            return former.path, "unchanged", None
        if raw.url is None or former.url != raw.url:
            return former.path, "unchanged", "its file was edited since; the editor's text stays"
        if self._version(former.id, text_version(raw.text)).exists():
            return former.path, "unchanged", "this is a former text of it; the newer one stays"
        return self._update(former, raw, outlet), "updated", None

    def _update(self, former: Article, raw: RawArticle, outlet: str | None) -> Path:
        front = _merged(_front(raw, outlet), former)
        _parsed(former.path, front, raw)
        write_file(self._version(former.id, former.version), former.path.read_bytes().decode("utf-8-sig"))
        return self._write(former.path, front, raw)

    def _version(self, article: str, version: str) -> Path:
        return self.content / "versions" / article / f"{version}.md"

    def _write(self, path: Path, front: dict[str, object], raw: RawArticle) -> Path:
        if path.exists() and path.stem not in self.by_id:
            raise ArticleError(path, "stands there already and cannot be read; repair or remove it")
        article = _parsed(path, front, raw)
        write_file(path, format_article(front, raw.paragraphs))
        self._note(article)
        return path


def _parsed(path: Path, front: dict[str, object], raw: RawArticle) -> Article:
    """Return what the file will be read as, so that nothing is written that cannot be read."""
    article, _ = parse_article(format_article(front, raw.paragraphs), path)
    return article if article.text == raw.text else replace(article, text=raw.text)


def _front(raw: RawArticle, outlet: str | None) -> dict[str, object]:
    front: dict[str, object] = {"title": raw.title}
    if raw.subtitle:
        front["subtitle"] = raw.subtitle
    front["published"] = _stated(raw.published)
    if raw.reposted:
        front["reposted"] = _stated(raw.reposted)
    front |= {"outlet": outlet, "lang": raw.lang or "und", "url": raw.url, "authors": raw.authors}
    known = {"section": raw.section, "tags": raw.tags, "retrieved": _stated(raw.retrieved), "summary": raw.summary}
    return front | {key: value for key, value in known.items() if value}


def _merged(front: dict[str, object], former: Article) -> dict[str, object]:
    """Return new front matter that keeps what editors wrote, and what the new source does not tell."""
    old = {"published": _stated(former.published), "outlet": former.outlet, "authors": former.authors}
    kept = {key: value for key in _EDITORS_KEYS if (value := getattr(former, key))} | ({"draft": True} if former.draft else {})
    return {key: value or old.get(key, value) for key, value in front.items()} | kept


def _stated(when: When | None) -> str | None:
    """Return a date as an article file states it: to the minute where the source gives no seconds."""
    if when is None or when.time is None:
        return when.iso if when else None
    return when.time.isoformat(timespec="seconds" if when.time.second else "minutes")
