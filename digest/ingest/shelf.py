"""Put imported articles on their place in `content/`, each once; keep what a changed article said before."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from digest.content import article_path, format_article, parse_article, read_articles, write_file
from digest.editors.withdrawn import WITHDRAWN, Withdrawal
from digest.errors import ArticleError
from digest.ingest.addresses import tidy_address
from digest.ingest.merge import merge_files
from digest.ingest.names import host_of
from digest.ingest.raw import RawArticle
from digest.ingest.resemblance import looks_like
from digest.ingest.sift import fold
from digest.models import Article, When, text_version
from digest.settings import Outlet, Settings
from digest.slugs import short_hash, slugify

__all__ = ["Shelf", "article_id", "outlet_at", "outlet_of"]


def article_id(raw: RawArticle, outlet: str | None = None) -> str:
    """Return the id of an article: its title and a short hash of its address, or of its text where it has none.

    The outlet is part of the hash where another outlet's article has the same address or text.
    """
    basis = raw.url or f"{raw.title}\n{raw.text}"
    return f"{slugify(raw.title) or 'article'}-{short_hash(*filter(None, (outlet, basis)))}"


def outlet_of(raw: RawArticle, settings: Settings, fetched: str | None = None) -> str | None:
    """Return the id of the declared outlet that an article's outlet name or address belongs to; else the name as found.

    Of a page that was fetched from an address, only that address tells whose it is: any page can call itself by any name. A name that
    looks like that of a declared outlet, and is not its, is told with the host.
    """
    name = None if fetched else raw.outlet
    hosts = (host_of(fetched),) if fetched else (host_of(raw.url), raw.host)
    if declared := _declared(name, hosts, settings):
        return declared
    host = next(filter(None, hosts), None)
    posing = any(looks_like(raw.outlet or "", known) for outlet in settings.outlets.values() for known in (outlet.name, outlet.id))
    return f"{raw.outlet} ({host})" if posing and host else raw.outlet or (host if fetched else None)


def _declared(outlet: str | None, hosts: Iterable[str | None], settings: Settings) -> str | None:
    name = fold(outlet or "")
    for declared in settings.outlets.values():
        if name and name in (fold(declared.name), fold(declared.id)):
            return declared.id
    return next((ident for host in filter(None, hosts) if (ident := outlet_at(host, settings))), None)


def outlet_at(host: str, settings: Settings) -> str | None:
    """Return the id of the declared outlet that a host belongs to."""
    return next((outlet.id for outlet in settings.outlets.values()
                 if any(host == domain or host.endswith(f".{domain}") for domain in _domains(outlet))), None)


def _domains(outlet: Outlet) -> Iterator[str]:
    """Yield the domains of an outlet; where none is declared, the hosts of its homepage and feeds."""
    yield from map(_bare, outlet.domains or filter(None, map(host_of, (outlet.homepage, *outlet.feeds))))


def _bare(domain: str) -> str:
    return domain.casefold().removeprefix("www.")


def _key(url: str | None) -> str:
    """Return what an address has in common with all that lead to the same page."""
    return tidy_address(url) or url or ""


@dataclass(slots=True)
class Shelf:
    """The articles of a content folder, to find the one that comes again."""

    content: Path
    settings: Settings
    by_id: dict[str, Article] = field(default_factory=dict)
    by_url: dict[str, dict[str, Article]] = field(default_factory=dict)
    """By address and id: a repost may call the first publisher's address its own."""
    by_words: dict[tuple[str, str], dict[str, Article]] = field(default_factory=dict)
    """By title and text, and id."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """What never comes back."""

    @classmethod
    def of(cls, content: Path, settings: Settings) -> "Shelf":
        """Read what a content folder holds."""
        found = read_articles(content, drafts=True)
        shelf = cls(content, settings, withdrawn=found.withdrawn)
        for article in found.articles:
            shelf._note(article)
        return shelf

    def _note(self, article: Article) -> None:
        self.by_id[article.id] = article
        if url := _key(article.url):
            self.by_url.setdefault(url, {})[article.id] = article
        self.by_words.setdefault((fold(article.title), article.text), {})[article.id] = article

    def put(self, raw: RawArticle, outlet: str | None) -> tuple[Path, str, str | None]:
        """Write an article where it is new or changed; return its file, `added`, `updated` or `unchanged`, and a note.

        Raises:
            ArticleError: it cannot be kept.
        """
        self._refuse_withdrawn(raw, outlet)
        own_id = article_id(raw)
        others, own = self._alike(raw, outlet, own_id)
        new_id = article_id(raw, outlet) if others and not own else own_id
        former = own or self.by_id.get(new_id) or self._same_words(raw, outlet)
        if former is None:
            path = article_path(self.content, new_id, raw.published)
            note = f"{others[0].id} of another outlet has the same {'address' if raw.url else 'words'}; both stay" if others else None
            return self._write(path, _fresh(raw, outlet), raw), "added", note
        if former.text == raw.text:
            return former.path, "unchanged", None
        if raw.url is None or _key(former.url) != _key(raw.url):
            return former.path, "unchanged", "its file was edited since; the editor's text stays"
        if self._version(former.id, text_version(raw.text)).exists():
            return former.path, "unchanged", "this is a former text of it; the newer one stays"
        return self._update(former, raw, outlet), "updated", None

    def _refuse_withdrawn(self, raw: RawArticle, outlet: str | None) -> None:
        """Refuse an article that has the id, the address or the text of a withdrawn one."""
        if not self.withdrawn:
            return
        ids, address, version = {article_id(raw), article_id(raw, outlet)}, text_version(raw.url or ""), text_version(raw.text)
        for taken in self.withdrawn:
            if taken.article in ids or (raw.url and taken.address == address) or taken.version == version:
                problem = f"{taken.article} was withdrawn on {taken.day} ({taken.reason}); it is not added again"
                raise ArticleError(self.content / WITHDRAWN, problem)

    def _alike(self, raw: RawArticle, outlet: str | None, own_id: str) -> tuple[list[Article], Article | None]:
        """Return other outlets' articles of this one's address or id, and the one of them all that this one was before."""
        alike = dict(self.by_url.get(_key(raw.url), {}))
        if known := self.by_id.get(own_id):
            alike.setdefault(known.id, known)
        others = [article for article in alike.values() if self._is_others(article, raw, outlet)]
        own = [article for article in alike.values() if not self._is_others(article, raw, outlet)]
        return others, min(own, key=lambda a: (self._outlet(a) != outlet, a.text != raw.text), default=None)

    def _is_others(self, article: Article, raw: RawArticle, outlet: str | None) -> bool:
        """Return whether an article is another outlet's; where one of the two outlets is unknown it is not.

        Without an address, an undeclared name does not count against a declared outlet: an editor may have put that in its place.
        """
        theirs = self._outlet(article)
        if not theirs or not outlet or fold(theirs) == fold(outlet):
            return False
        return bool(raw.url) or outlet in self.settings.outlets or theirs not in self.settings.outlets

    def _outlet(self, article: Article) -> str | None:
        return _declared(article.outlet, (host_of(article.url),), self.settings) or article.outlet

    def _same_words(self, raw: RawArticle, outlet: str | None) -> Article | None:
        same = self.by_words.get((fold(raw.title), raw.text), {}).values()
        return next((article for article in same if fold(self._outlet(article) or "") == fold(outlet or "")), None)

    def _update(self, former: Article, raw: RawArticle, outlet: str | None) -> Path:
        before = former.path.read_bytes().decode("utf-8-sig")
        stated = {key for key, value in _front(raw, outlet).items() if value and (key != "lang" or raw.lang)}
        after = _merged(former.path, before, _fresh(raw, outlet), stated)
        _parsed(former.path, after, raw)
        write_file(self._version(former.id, former.version), before)
        return self._write(former.path, after, raw)

    def _version(self, article: str, version: str) -> Path:
        return self.content / "versions" / article / f"{version}.md"

    def _write(self, path: Path, written: str, raw: RawArticle) -> Path:
        if path.exists() and path.stem not in self.by_id:
            raise ArticleError(path, "stands there already and cannot be read; repair or remove it")
        article = _parsed(path, written, raw)
        write_file(path, written)
        self._note(article)
        return path


def _parsed(path: Path, written: str, raw: RawArticle) -> Article:
    """Return what the file will be read as, so that nothing is written that cannot be read."""
    article, _ = parse_article(written, path)
    return article if article.text == raw.text else replace(article, text=raw.text)


def _merged(path: Path, before: str, fresh: str, stated: Collection[str]) -> str:
    try:
        return merge_files(before, fresh, stated)
    except yaml.YAMLError as error:
        problem = "its front matter cannot be kept as it is written; write one key a line, special characters in quotation marks"
        raise ArticleError(path, problem) from error


def _fresh(raw: RawArticle, outlet: str | None) -> str:
    """Return the file of an article that is new."""
    return format_article(_front(raw, outlet), raw.paragraphs)


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


def _stated(when: When | None) -> str | None:
    """Return a date as an article file states it: to the minute where the source gives no seconds."""
    if when is None or when.time is None:
        return when.iso if when else None
    return when.time.isoformat(timespec="seconds" if when.time.second else "minutes")
