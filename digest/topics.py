"""Bring together the stories that belong to one topic, and find titles among the sources' own headlines."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from digest.findings import Name
from digest.gather import gather
from digest.gist import find_gist
from digest.group import Grouped, Read, tell_why
from digest.linkage import UNBOUND, Bounds
from digest.models import Article, Title, Why
from digest.names.directory import is_listed
from digest.names.naming import gather_names
from digest.settings import Grouping
from digest.steps import Memory
from digest.terms import find_terms
from digest.words import UNDECLINED, base_language, stems

__all__ = ["Gathered", "Titles", "find_titles", "group_stories", "story_title", "topic_title"]

TITLE_NAMES = 3
"""Names in a title that is a list, at most."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The stories of one topic."""

    stories: tuple[Grouped, ...]
    """In the order of their first articles."""
    why: Why

    @property
    def articles(self) -> tuple[Article, ...]:
        """All its articles, in `Article.order`."""
        return tuple(sorted((a for story in self.stories for a in story.articles), key=lambda a: a.order))


@dataclass(frozen=True, slots=True)
class Titles:
    """What a topic and its stories are called in a language."""

    topic: Title
    stories: tuple[Title, ...]
    """In the order of its stories."""


def group_stories(stories: Sequence[Grouped], settings: Grouping, language: str = "en", bounds: Bounds = UNBOUND, *,
                  read: Read = find_gist, memory: Memory | None = None) -> tuple[Gathered, ...]:
    """Return the stories in groups of one topic each, in the order of their first articles.

    `bounds` are about the stories' numbers in that order.
    Stories are compared by all that their articles say, however far apart in time they are (`gather`).
    """
    stories = sorted(stories, key=lambda story: story.first.order)
    numbers = {story.first.id: n for n, story in enumerate(stories)}
    articles = {a.id: a for story in stories for text in story.texts for a in text.articles}
    found = gather([story.texts for story in stories], settings, language, bounds, read, memory)
    groups = sorted((sorted(numbers[ident] for ident in row.members), row.why) for row in found)
    return tuple(_gathered(tuple(stories[n] for n in group), tell_why(why, articles)) for group, why in groups)


def _gathered(stories: tuple[Grouped, ...], why: Why) -> Gathered:
    """Return a topic; what its articles share is, of one story, what the story's do."""
    own = stories[0].why
    return Gathered(stories, why if len(stories) > 1 else replace(own, days=why.days, nearest=why.nearest))


def find_titles(topic: Gathered, language: str, hidden: Collection[str]) -> Titles:
    """Return the titles of a topic and of its stories."""
    return Titles(topic_title(topic, language, hidden), tuple(story_title(story, language) for story in topic.stories))


def story_title(story: Grouped, language: str = "en") -> Title:
    """Return the headline of a story's most central article, in the site's language if it has one."""
    return _headline(story.articles, language)


def topic_title(topic: Gathered, language: str = "en", hidden: Collection[str] = ()) -> Title:
    """Return what names a whole topic: a headline whose words all its stories have, else a plain list of names that they share.

    A topic of one story has its story's title. Names that editors hide (`hidden`) are in no list. Languages that decline names have no
    lists: a text has a name in any case.
    """
    if len(topic.stories) == 1:
        return story_title(topic.stories[0], language)
    own = [a for a in topic.articles if base_language(a.lang) == base_language(language)] or list(topic.articles)
    naming = [a for a in own if _names_all(a, topic)]
    if naming:
        return _headline(naming, language)
    terms = _main_names(topic, hidden, own)
    if len(terms) > 1 and any(term in article.text for term in terms for article in own):
        lang = _language_of(terms, own, topic.articles)
        if base_language(lang) in UNDECLINED:
            return Title(", ".join(terms), lang, "terms", terms=terms)
    return _headline(topic.articles, language)


def _language_of(terms: Sequence[str], own: Sequence[Article], articles: Sequence[Article]) -> str:
    """Return the language of articles that have all of some terms, of those that are looked at first; else that of the first article."""
    langs = dict.fromkeys(article.lang for article in (*own, *articles))
    texts = {lang: "\n".join(f"{a.title}\n{a.text}" for a in articles if a.lang == lang) for lang in langs}
    return next((lang for lang in langs if all(term in texts[lang] for term in terms)), next(iter(langs)))


def _names_all(article: Article, topic: Gathered) -> bool:
    """Return whether all words of a headline that tell anything stand in all stories of a topic, and in most articles of its language."""
    telling = ["w" + stem for stem in dict.fromkeys(stems(article.title, article.lang)) if "w" + stem in find_terms(article).words]
    stories = [[find_terms(a).words for a in story.articles if a.lang == article.lang] for story in topic.stories]
    most = sum(map(len, stories)) / 2
    return len(telling) > 1 and all(all(any(term in words for words in story) for story in stories)
                                    and sum(term in words for story in stories for words in story) > most for term in telling)


def _main_names(topic: Gathered, hidden: Collection[str], own: Sequence[Article]) -> tuple[str, ...]:
    """Return the names of headlines that most of a topic's articles have, those of most headlines first, persons last.

    Each is spelled as most of `own` spell it, where any of them has it.
    """
    common = [name for name in gather_names(topic.articles) if not is_listed(name, hidden)
              and 2 * len(name.citations) > len(topic.articles) and _headlines(name, topic)]
    ordered = sorted(common, key=lambda name: (-_headlines(name, topic), -len(name.citations)))
    chosen: list[Name] = []
    for name in ordered:
        if len(chosen) < TITLE_NAMES and not any(name.name in other.name or other.name in name.name for other in chosen):
            chosen.append(name)
    return tuple(_spell(name, own) for name in sorted(chosen, key=lambda name: name.kind == "person"))


def _spell(name: Name, own: Sequence[Article]) -> str:
    """Return the spelling of a name that most articles have, the commonest of all where none of them has it."""
    return max(name.spellings, key=lambda spelling: sum(spelling in article.text for article in own)) if own else name.name


def _headlines(name: Name, topic: Gathered) -> int:
    """Return how many of a topic's headlines have a name, in any of its spellings."""
    return sum(any(spelling in article.title for spelling in name.spellings) for article in topic.articles)


def _headline(articles: Sequence[Article], language: str) -> Title:
    """Choose the headline whose words most of the articles have, not in capitals and of a known outlet if there is one.

    Of equals the newest.
    """
    own = [a for a in articles if base_language(a.lang) == base_language(language)] or list(articles)
    carried = Counter((a.lang, word) for a in own for word in find_terms(a).words)
    best = max(own, key=lambda a: (not a.title.isupper(), a.outlet is not None, _centrality(a, carried), a.published is not None, a.order))
    return Title(best.title, best.lang, "article", best)


def _centrality(article: Article, carried: Counter[tuple[str, str]]) -> float:
    """Return how many articles have a word of this headline, on the average of its telling words."""
    counts = [carried[article.lang, "w" + stem] for stem in dict.fromkeys(stems(article.title, article.lang))]
    telling = [count for count in counts if count]
    return sum(telling) / len(telling) if telling else 0.0
