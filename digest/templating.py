"""Where the templates of pages and theme are, and how Jinja fills them: what a template does not mark as ours is escaped."""

from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.escape import escape

__all__ = ["PACKAGED_TEMPLATES", "make_environment", "template_folders", "theme_folders"]

_PROGRAM = Path(__file__).parent
PACKAGED_TEMPLATES = _PROGRAM / "templates" if (_PROGRAM / "templates").is_dir() else _PROGRAM.parent / "templates"
"""The templates that come with the program: inside the package in a wheel, beside it in the repository."""


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return where templates are looked for: the digest's own folder first, file by file, then those of the program."""
    return tuple(folder for folder in (root / "templates", PACKAGED_TEMPLATES) if folder.is_dir())


def theme_folders(root: Path) -> tuple[Path, ...]:
    """Return where the files of the theme lie: the digest's own folder, that of the program, that of Material."""
    own = [folder / "theme" for folder in template_folders(root)]
    found = find_spec("material")
    material = [Path(place) / "templates" for place in (found.submodule_search_locations or ())] if found else []
    return tuple(folder for folder in (*own, *material) if folder.is_dir())


def make_environment(root: Path) -> Environment:
    """Return the environment of the templates of pages."""
    return Environment(loader=ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(root)]), autoescape=True,
                       finalize=lambda value: value if isinstance(value, Markup | Decimal) else escape(value), undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
