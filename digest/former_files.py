"""Read the former texts of articles (`content/versions/`): what each said before its outlet changed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from digest.content import read_article
from digest.errors import ArticleError
from digest.models import Article

__all__ = ["FormerTexts", "read_former_texts"]

FormerTexts = Mapping[str, tuple[Article, ...]]
"""By an article's id, its former texts, in the order of their versions: when each was the text, nobody knows."""


def read_former_texts(content: Path, articles: Iterable[Article]) -> tuple[FormerTexts, tuple[str, ...]]:
    """Read the former texts of articles; return them, and a warning for each file whose text is not the one that its name says.

    Outlet, rights, address and language are as the article has them now.
    """
    found, warnings = dict[str, tuple[Article, ...]](), list[str]()
    for article in sorted(articles, key=lambda article: article.id):
        if texts := tuple(_read(content / "versions" / article.id, article, warnings)):
            found[article.id] = texts
    return found, tuple(warnings)


def _read(folder: Path, article: Article, warnings: list[str]) -> Iterator[Article]:
    for path in sorted(folder.glob("*.md")):
        try:
            former = replace(article, path=path, text=_text(path), sentences=(), former=True)
        except ArticleError as error:
            warnings.append(f"former text not used: {error}")
            continue
        if former.version != article.version:
            yield former


def _text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        ArticleError: it cannot be read, or its name is not the version of its text.
    """
    article, _ = read_article(path)
    if article.version != path.stem:
        raise ArticleError(path, f"its text is version {article.version}, not the one that its name says; restore or remove the file")
    return article.text
