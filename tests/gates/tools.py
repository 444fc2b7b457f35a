"""The checkers that are no Python: they lie where `make check-site` puts them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

__all__ = ["NODE", "program", "run_json"]

NODE = Path(sys.prefix, "node", "node_modules")
"""Where npm's packages are."""


def program(path: Path | str, package: str) -> str:
    """Return the path of a program; skip the test where it is missing, unless REQUIRE_SITE_TOOLS=1."""
    found = shutil.which(path, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if found is None:
        said = f"{Path(path).name} is not here (`make check-site` installs {package})"
        if os.environ.get("REQUIRE_SITE_TOOLS") == "1":
            pytest.fail(said)
        pytest.skip(said)
    return found


def run_json(*command: str | Path, env: Mapping[str, str] | None = None, stream: str = "stdout", cwd: Path | None = None) -> Any:
    """Run a checker and return what it prints; it may exit with 1 or 2 where it finds something.

    It prints into a file: programs of Node may end before a pipe has taken all.
    """
    with TemporaryFile("w+", encoding="utf-8") as said, TemporaryFile("w+", encoding="utf-8") as rest:
        files = {"stdout": rest, "stderr": rest} | {stream: said}
        code = subprocess.run(command, env=os.environ | (env or {}), cwd=cwd, check=False, **files).returncode
        for file in (said, rest):
            file.seek(0)
        text = said.read()
        assert code in {0, 1, 2}, text[-2000:] + rest.read()[-2000:]
    return json.loads(text)
