"""The sections of the front page: which of them a topic belongs to, by what its articles say of themselves."""

from collections import Counter

from digest.models import Topic
from digest.settings import Section, Settings

__all__ = ["section_of"]


def section_of(topic: Topic, settings: Settings) -> Section | None:
    """Return the section that most of a topic's separate texts name, the first of the settings where several do; None where none does."""
    counted = Counter(section.id for text in topic.texts for section in settings.sections if section.is_named(text.articles[0].section))
    most = max(counted.values(), default=0)
    return next((section for section in settings.sections if most and counted[section.id] == most), None)
