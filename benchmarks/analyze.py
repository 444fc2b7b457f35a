"""Measure the analysis of a content folder in a process of its own, start-up aside, and print seconds of CPU as JSON.

    analyze.py whole|stories CONTENT

`whole` is everything from reading the files to the finished digest, with the number of articles; `stories` is what
summarizing costs, story by story, in a process where nothing has been summarized before.
"""

import json
import sys
from pathlib import Path
from time import process_time

from digest.models import Story
from digest.pipeline import load_digest
from digest.rights import QuoteBudget
from digest.settings import Settings
from digest.summarize import summarize


def analyze(content: Path) -> dict[str, float]:
    """Return what the whole analysis of a content folder costs, and of how many articles."""
    began = process_time()
    digest, _ = load_digest(content)
    return {"seconds": process_time() - began, "articles": len(digest.articles)}


def summarize_stories(content: Path) -> list[float]:
    """Return what summarizing each story costs."""
    digest, _ = load_digest(content, summarized=False)
    budget = QuoteBudget(digest.settings)
    return [_summarize(story, digest.settings, budget) for topic in digest.edition.topics for story in topic.stories]


def _summarize(story: Story, settings: Settings, budget: QuoteBudget) -> float:
    began = process_time()
    summarize(story.texts, settings.summarizing.story_points, language=settings.language, allowed=budget.admit)
    return process_time() - began


if __name__ == "__main__":
    what, content = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(analyze(content) if what == "whole" else summarize_stories(content)))
