"""The pages of one language: the same addresses in each, and what a page says where it cannot be told in that language."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from digest.catalog import Catalog, direction, load_catalog, locale_code
from digest.errors import TemplateError
from digest.escape import script_json
from digest.feeds import feed_base
from digest.models import KeyPoint, Story, Topic, When, newest
from digest.pipeline import Digest
from digest.render.marker import Marker
from digest.render.tags import tag
from digest.telling import Telling

__all__ = ["Shown", "Tree", "newest_event"]

_FED = {"home": "[atom, json]", "topic": "[atom]", "outlet": "[atom]", "corrections": "[atom]"}
"""The kinds of feeds of a page, by its template, as they stand in its front matter."""
_ABOUT = {"topics": "topics_intro", "archive": "archive_intro", "period": "archive_intro", "day": "edition_said",
          "corrections": "corrections_intro", "names": "names_intro", "name": "names_intro", "outlets": "outlets_intro",
          "outlet": "outlets_intro", "feeds": "feeds_state_intro",
          "source": "excerpt", "uncited": "unquoted", "handbook": "handbook_intro", "hidden": "hidden",
          "withdrawn": "withdrawn", "moved": "gone"}
"""What search engines and shared links are told of a page that is described by no quotation, by its template."""
_KINDS = {"home": "home", "topic": "article", "source": "article"}
"""What a page is to those who share it; any other is a list."""



def _codes(**codes: str) -> dict[str, Markup]:
    """Return the codes of languages and the like as they stand in a page's front matter, which nobody unescapes."""
    return {name: Markup(code) for name, code in codes.items()}  # noqa: S704 - ours or, as the settings check, letters, digits and hyphens


def newest_event(topic: Topic, articles: AbstractSet[str]) -> Story | None:
    """Return the newest event of a topic that one of some articles reports."""
    return next((story for story in topic.stories if articles & {article.id for article in story.articles}), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A topic as its page in some tree shows it."""

    topic: Topic
    telling: Telling
    fallen: bool
    """Whether it is told in the site's own language, not in that of the tree."""
    narrow: bool = False
    """Whether its summary tells only what articles in the tree's language report."""

    @property
    def newest(self) -> When | None:
        """When the newest article of its summary was published, or of all its articles where that tells of all events."""
        told = (cited.article for point in self.topic.summary for cited in point.citations)
        return newest(told if self.narrow else self.topic.articles)

    @property
    def newer(self) -> When | None:
        """When the newest article of the events that a narrow summary leaves out was published; None where nothing of it is newer."""
        told = {cited.article.id for point in self.topic.summary for cited in point.citations}
        left = [story for story in self.topic.stories if told.isdisjoint(article.id for article in story.articles)]
        found, known = newest(article for story in left for article in story.articles), self.newest
        return found if self.narrow and found and known and found.moment > known.moment else None

    @property
    def point(self) -> KeyPoint | None:
        """The key point that stands for it in lists: the first one that can be read."""
        points = self.topic.summary
        return next((point for point in points if self.telling.reads(point.citations[0])), points[0] if points else None)

    @property
    def headed(self) -> Story | None:
        """The event whose headline heads its page and its cards: that of its key point, the newest one that is told.

        None where the topic's title is the same, and where an editor gave the title: that stands.
        """
        topic, point = self.topic, self.point
        if topic.title.origin == "editor":
            return None
        told = {cited.article.id for cited in point.citations} if point else set()
        story = newest_event(topic, told) or topic.stories[0]
        return story if story.title != topic.title else None


class Tree:
    """The templates of a site, filled for one telling of a digest."""

    def __init__(self, digest: Digest, environment: Environment, telling: Telling) -> None:
        self.digest, self.environment, self.telling = digest, environment, telling
        self.first = digest.tellings[0]
        """The telling in the site's own language, which pages fall back to."""
        self.prefix = "" if telling is self.first else f"{telling.lang}/"
        self.base = feed_base(digest.settings.address, digest.edition.day)
        """What the links in feeds begin with; nothing where there are no feeds."""
        self.catalog: Catalog = load_catalog(telling.lang)
        self._own = {topic.id: topic for topic in self.first.topics}
        self._local = {topic.id: topic for topic in telling.topics}

    @property
    def speaks(self) -> bool:
        """Whether the words of the interface are in its language too."""
        return self.telling.speaks(self.catalog.lang)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics in the order of the front page, each as its page in this tree has it."""
        return tuple(map(self.local, self.telling.topics))

    @cached_property
    def _elsewhere(self) -> Mapping[str, Telling]:
        """What the pages of topics tell that fell back, by the ids of these and of their events: their titles are theirs everywhere."""
        fallen = [shown.topic for shown in map(self.shown, self.telling.topics) if shown.fallen]
        return {ident: self.first for topic in fallen for ident in (topic.id, *(story.id for story in topic.stories))}

    def local(self, topic: Topic) -> Topic:
        """Return a topic with the titles and summaries of its page in this tree."""
        return self.shown(topic).topic

    def falls(self, points: Iterable[KeyPoint]) -> bool:
        """Return whether a page with these key points is told in the site's own language instead."""
        return self.telling is not self.first and not self.telling.tells(points)

    def shown(self, topic: Topic) -> Shown:
        """Return a topic as its page in this tree shows it."""
        local = self._local[topic.id]
        if not self.falls(local.summary):
            return Shown(local, self.telling, False)
        narrow = self.telling.narrow.get(topic.id)
        return Shown(narrow, self.telling, False, True) if narrow else Shown(self._own[topic.id], self.first, True)

    def marker(self, place: str, *, fallen: bool = False, base: str = "") -> Marker:
        """Return what writes the values of the page at a place of this tree; of a `fallen` one in the site's own language."""
        telling = self.first if fallen else self.telling
        return Marker(load_catalog(telling.lang), self.digest.settings, self.prefix + place, telling, self.prefix,
                      {} if fallen else self._elsewhere, base)

    def page(self, template: str, path: str, *, fallen: bool = False, told: bool = True, described: str | None = None,
             linked: Mapping[str, object] | None = None, **values: object) -> tuple[str, str]:
        """Return a page's path and its Markdown; `told` says whether search engines may take it for one in this language.

        `described` is what they are told of it, `linked` its linked data.
        """
        place = f"{path.removesuffix('.md')}/".removesuffix("index/")
        marker, frame = self.marker(place, fallen=fallen), self.marker(place)
        front = _codes(lang=frame.catalog.lang, body=marker.catalog.lang, tree=self.telling.lang, locale=locale_code(marker.telling.lang),
                       kind=_KINDS.get(template, "list"), feeds=_FED.get(template, "") if self.base else "")
        head = {"described": described or marker.t(_ABOUT.get(template, "method_intro")), "linked": script_json(linked) if linked else None}
        where = {"frame": frame, "front": front, **head, "told": told and not fallen and self.speaks,
                 "notice": self._notice(place) if fallen else None}
        return self.prefix + path, self._fill(f"{template}.md.jinja", m=marker, settings=self.digest.settings, **where, **values)

    def part(self, template: str, place: str, *, fallen: bool = False, **values: object) -> str:
        """Return what a feed says of the page at a place of this tree, as HTML whose links work anywhere."""
        marker = self.marker(place, fallen=fallen, base=self.base)
        return self._fill(f"feed/{template}.jinja", m=marker, turn=direction(marker.catalog.lang),
                          notice=self._notice(place) if fallen else None, **values)

    def _notice(self, place: str) -> Markup:
        """Return, in the language of this tree, that a page is told in another one."""
        marker, turned = self.marker(place), direction(self.catalog.lang)
        words = marker.t("fallback_notice", language=marker.language(self.telling.lang), shown=marker.language(self.first.lang))
        return tag("p", words, class_="fallback", lang=self.catalog.lang, dir=turned)

    def _fill(self, template: str, **values: object) -> str:
        try:
            return self.environment.get_template(template).render(**values)
        except TemplateSyntaxError as error:
            raise TemplateError(Path(error.filename or template), error.message or "wrong", line=error.lineno) from error
        except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise TemplateError(Path(template), f"{type(error).__name__}: {error}") from error
