"""Set the sources of a topic against each other: who says the same, who differs, what one alone tells, and when things happened."""

from digest.compare.align import align_sentences
from digest.compare.alone import find_alone
from digest.compare.differences import find_differences
from digest.compare.statements import find_statements
from digest.compare.timeline import find_dated
from digest.compare.versions import find_versions
from digest.compare.wording import find_wording
from digest.findings import Findings
from digest.models import Topic
from digest.names.naming import gather_names

__all__ = ["compare_topic"]


def compare_topic(topic: Topic) -> Findings:
    """Return all that comparing the separate texts of a topic finds, whatever of it may be shown."""
    texts = sorted(topic.texts, key=lambda text: text.articles[0].order)
    aligned = align_sentences(texts)
    home = {article.id: number for number, story in enumerate(topic.stories) for article in story.articles}
    return Findings(
        statements=find_statements(texts, aligned),
        alone=tuple((story.id, alone) for story in topic.stories if len(story.texts) > 1 and (alone := find_alone(story, texts, aligned))),
        differences=find_differences(texts, aligned, [home[text.articles[0].id] for text in texts]),
        versions=find_versions(texts),
        wording=find_wording(texts, aligned),
        timeline=find_dated(texts),
        names=gather_names(topic.articles),
    )
