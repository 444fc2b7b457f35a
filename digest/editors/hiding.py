"""Leave out the articles that editors hid, and notice what is to be hidden but is nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest._yaml import did_you_mean
from digest.editors.overrides import Overrides
from digest.errors import at_place
from digest.models import Article, Decision, LeftOut
from digest.words import fold, words

__all__ = ["Missed", "Shown", "hide_articles", "warn_of_names"]


@dataclass(frozen=True, slots=True)
class Shown:
    """The articles that are shown, and what an editor hid."""

    articles: tuple[Article, ...]
    hidden: tuple[Decision, ...]
    """A decision `hide` for each hidden article."""
    warnings: tuple[str, ...]
    """A line for each decision that hides nothing."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The hidden articles as files that are left out."""
        reasons = [(a.path, ": ".join(filter(None, ("hidden by an editor", row.why)))) for row in self.hidden for a in row.articles]
        return tuple(LeftOut(path, reason) for path, reason in reasons)


@dataclass(frozen=True, slots=True)
class Missed:
    """A hidden article, and where it would be."""

    decision: Decision
    beside: tuple[str, ...]
    """The ids of the articles that would be in one topic with it."""


def hide_articles(articles: Sequence[Article], overrides: Overrides) -> Shown:
    """Return the articles without those that an editor hid; of an article that is named twice the first line holds."""
    lines, reasons = overrides.hidden, {row.article: row.why for row in reversed(overrides.hide)}
    hidden = tuple(Decision("hide", lines[a.id], (a,), reasons[a.id]) for a in articles if a.id in lines)
    return Shown(tuple(a for a in articles if a.id not in lines), hidden, tuple(_warn(articles, overrides)))


def _warn(articles: Sequence[Article], overrides: Overrides) -> Iterator[str]:
    known, lines = {article.id for article in articles}, overrides.hidden
    for row in overrides.hide:
        if row.article not in known:
            hint = did_you_mean(row.article, known) or "; mend the id or take it out"
            yield at_place(overrides.path, row.line, f"hide names {row.article!r}, which is no article here{hint}")
        elif lines[row.article] != row.line:
            problem = f"hide: line {lines[row.article]} hides {row.article!r} already; this one is not applied"
            yield at_place(overrides.path, row.line, problem)


def warn_of_names(articles: Sequence[Article], overrides: Overrides) -> tuple[str, ...]:
    """Return a warning for each name to be hidden that stands in no article, whatever its case and accents."""
    if not overrides.hide_names:
        return ()
    texts = [_run(f"{article.title} {article.text}") for article in articles]
    problem = "hide_names names {!r}, which stands in no article; mend the name or take it out"
    return tuple(at_place(overrides.path, line, problem.format(name)) for name, line in overrides.hide_names.items()
                 if not any(_run(name) in text for text in texts))


def _run(text: str) -> str:
    """Return the words of a text without case and accents, each between two blanks."""
    return f" {' '.join(words(fold(text)))} "
