"""Load the data of the stages: word lists of each language, fitted weights, measured figures; YAML files in the package."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["load_lists"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@lru_cache(maxsize=16)
def load_lists(name: str) -> Mapping[str, Any]:
    """Return what `<name>.yml` holds, all scalars as texts: mostly a block a language, as its first lines tell."""
    blocks: Mapping[str, Any] = yaml.load(Path(__file__).with_name(f"{name}.yml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return blocks
