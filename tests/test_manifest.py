"""The manifest has the SHA-256 of every file and of every text, and the programs of other people can check a copy with it."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Desk

from digest.content import read_articles
from digest.verify import verify_site

MANIFEST = "data/manifest.json"


@pytest.mark.parametrize("name", ["newsroom", "sample", "told"])
def test_it_lists_every_file_but_itself(request: pytest.FixtureRequest, name: str) -> None:
    files = request.getfixturevalue(name).snapshot()
    found = json.loads(files.pop(MANIFEST))["files"]
    assert found == [{"path": path, "bytes": len(files[path]), "sha256": hashlib.sha256(files[path]).hexdigest()} for path in sorted(files)]


def test_it_lists_every_text_that_the_site_is_made_from(newsroom: Desk) -> None:
    found = json.loads((newsroom.site / MANIFEST).read_text("utf-8"))["sources"]
    due = {article.id: article for article in read_articles(newsroom.content).articles}
    assert [row["article"] for row in found] == sorted(due)
    for row in found:
        digest = hashlib.sha256(due[row["article"]].text.encode()).hexdigest()
        assert (row["sha256"], row["version"]) == (digest, digest[:16])


def test_sha256sum_checks_a_copy_with_it(newsroom: Desk, tmp_path: Path) -> None:
    copy = shutil.copytree(newsroom.site, tmp_path / "copy")
    lines = "".join(f"{row['sha256']}  {row['path']}\n" for row in json.loads((copy / MANIFEST).read_text("utf-8"))["files"])

    def check() -> int:
        done = subprocess.run(["sha256sum", "--check", "--quiet"], input=lines, text=True, cwd=copy, check=False, capture_output=True)
        return done.returncode

    assert check() == 0
    (copy / "index.html").write_bytes((copy / "index.html").read_bytes() + b" ")
    assert check() == 1


@pytest.mark.parametrize(("change", "what"), [
    pytest.param(lambda d: d["files"].pop(), "does not say of", id="a file is gone"),
    pytest.param(lambda d: d["files"][0].update(sha256="0" * 64), "does not say of 404.html", id="a hash"),
    pytest.param(lambda d: d["files"][0].update(bytes=1), "does not say of 404.html", id="a size"),
    pytest.param(lambda d: d["files"].append({"path": "zz", "bytes": 1, "sha256": "0" * 64}), "lists zz, which is not here", id="one more"),
    pytest.param(lambda d: d["files"].append(d["files"][-1]), "in order", id="a file twice"),
    pytest.param(lambda d: d["files"].reverse(), "in order", id="another order"),
    pytest.param(lambda d: d["files"][0].update(note="The mayor took it"), "does not say of 404.html", id="words"),
    pytest.param(lambda d: d.update(note="The mayor took it"), "texts that the site is made from", id="a field"),
    pytest.param(lambda d: d["sources"].pop(), "texts that the site is made from", id="a text is gone"),
    pytest.param(lambda d: d["sources"][0].update(sha256="0" * 64), "texts that the site is made from", id="a text's hash"),
    pytest.param(lambda d: d.pop("files"), "not in the shape", id="no files"),
])
def test_a_changed_manifest_is_refused(built: Desk, change: object, what: str) -> None:
    path = built.site / MANIFEST
    found = json.loads(path.read_text("utf-8"))
    change(found)  # type: ignore[operator]
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")
    assert any(line.startswith(f"{MANIFEST}: ") and what in line for line in verify_site(built.site, built.content))


def test_a_file_that_changed_since_is_refused(built: Desk) -> None:
    built.edit("site/about/method/index.html", "</body>", "</body >")
    assert verify_site(built.site, built.content) == [f"{MANIFEST}: does not say of about/method/index.html what is so"]
