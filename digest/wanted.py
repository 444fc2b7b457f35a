"""Which texts the pages of a digest need in another language than they are written in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from digest.findings import Findings
from digest.models import Citation, Title
from digest.pipeline import Digest
from digest.telling import Telling, may_translate, quoted_in, title_original
from digest.translation import Original, Translations

__all__ = ["find_wanted", "with_translations"]


def find_wanted(digest: Digest) -> dict[str, tuple[Original, ...]]:
    """Return the texts that are to be translated into each language of the settings, in the order of the pages, each once."""
    return {telling.lang: tuple(dict.fromkeys(_wanted(digest, telling))) for telling in digest.tellings}


def with_translations(digest: Digest, found: Mapping[str, Translations]) -> Digest:
    """Return a digest whose tellings have what was translated into their languages."""
    return replace(digest, tellings=tuple(replace(telling, translations=found.get(telling.lang, {})) for telling in digest.tellings))


def _wanted(digest: Digest, telling: Telling) -> Iterator[Original]:
    for title in _titles(digest, telling):
        original = title_original(title)
        if original and not telling.speaks(original.lang) and (title.article is None or may_translate(title.article, telling.closed)):
            yield original
    for cited in _quoted(digest, telling):
        if not telling.speaks(cited.article.lang) and may_translate(cited.article, telling.closed):
            yield Original(cited.quote, cited.article.lang)


def _titles(digest: Digest, telling: Telling) -> Iterator[Title]:
    for topic in telling.topics:
        yield from (topic.title, *(story.title for story in topic.stories))
    yield from (topic.title for page in digest.days for topic in page.topics)


def _quoted(digest: Digest, telling: Telling) -> Iterator[Citation]:
    for topic in telling.topics:
        yield from quoted_in(topic, digest.findings.get(topic.id, Findings()))
    yield from (point.citations[0] for page in digest.days for topic in page.topics for point in topic.points)
