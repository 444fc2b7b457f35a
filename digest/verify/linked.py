"""Hold a page's linked data (JSON-LD) against the site's data and the articles: they say what these say, and nothing else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from digest.escape import script_json
from digest.linked import front_linked, source_linked, topic_linked
from digest.verify.datafile import once
from digest.verify.evidence import Evidence

__all__ = ["check_linked"]

_SCRIPTS = etree.XPath("//script[@type = 'application/ld+json']")
Linked = Mapping[str, Any]


def check_linked(tree: etree._Element, address: str, evidence: Evidence) -> Iterator[str]:
    """Yield what is wrong with the linked data of a page at an address."""
    found = _SCRIPTS(tree)
    if len(found) > 1 or any(script.getparent().tag != "head" or len(script.keys()) > 1 for script in found):
        yield "has linked data twice, or not in its head"
    for script in found:
        try:
            said, due = json.loads(script.text or "", object_pairs_hook=once), json.loads(script_json(_due(address, evidence)))
            wrong = [key for key in sorted({*said, *due}) if key not in said or key not in due or said[key] != due[key]]
            yield from (f"its linked data give {key} as “{str(said.get(key))[:80]}”, not “{str(due.get(key))[:80]}”" for key in wrong)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            yield f"has linked data in no known shape ({type(error).__name__}: {error})"


def _due(address: str, evidence: Evidence) -> Linked:
    """Return the linked data that a page has, if any."""
    settings, tree = replace(evidence.settings, address=evidence.address), evidence.tree_of(address)
    kind, _, ident = address.removeprefix(tree).rstrip("/").partition("/")
    if kind == "sources" and ident in evidence.articles:
        return source_linked(settings, evidence.articles[ident])
    if kind == "topics" and ident in evidence.slugs:
        topic = evidence.topics[f"{tree}topics/{ident}/"]
        articles = {row["id"]: article for row in topic["articles"] if (article := evidence.segmented(row["id"]))}
        return topic_linked(settings, address, {**topic, "told": evidence.told[address]}, articles)
    if kind:
        return {}
    index = evidence.indexes[tree]
    return front_linked(settings, tree, evidence.trees[tree], index["day"], index["topics"])
