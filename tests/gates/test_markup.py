"""The HTML of every page is valid, but for what Material does."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Desk
from known import Finding, ours, unseen
from reporting import Report
from tools import NODE, program, run_json

VALID = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A</title></head><body><main><h1>A</h1>{}</main></body></html>"


def vnu(site: Path) -> list[Finding]:
    """Return the errors that the Nu Html Checker finds."""
    jar = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = program("java", "it where npm is: Debian: apt-get install default-jre-headless")
    program(NODE / ".bin" / "vnu", "vnu-jar")
    said = run_json(java, "-jar", jar, "--format", "json", "--skip-non-html", "--errors-only", site, stream="stderr")
    return [Finding("vnu", row["message"], urlsplit(row["url"]).path.removeprefix(f"{site}/"), row.get("extract", ""))
            for row in said["messages"]]


def html_validate(site: Path) -> list[Finding]:
    """Return the errors that html-validate finds."""
    command = program(NODE / ".bin" / "html-validate", "html-validate")
    said = run_json(command, "--config", Path(__file__).with_name("htmlvalidate.json"), "--formatter", "json", site)
    return [Finding("html-validate", f"{row['ruleId']}: {row['message']}", file["filePath"].removeprefix(f"{site}/"), row["selector"] or "")
            for file in said for row in file["messages"]]


@pytest.mark.parametrize("checker", [vnu, html_validate])
def test_every_page_is_valid(checker: Callable[[Path], list[Finding]], published: Desk, compared: Desk, report: Report) -> None:
    """Of the sample and of a digest with few outlets, whose statements are a table."""
    found = [*checker(published.site), *checker(compared.site)]
    name = checker.__name__.replace("_", "-")
    report(f"{name}: errors in the markup", len(ours(found)), ceiling=0, why=ours(found))
    assert unseen(name, found) == [], "known.yml has what is not found any more; take it out"


@pytest.mark.parametrize(("checker", "rule"), [
    (vnu, "Element “p” not allowed as child of element “ul”"), (html_validate, "element-permitted-content"),
])
def test_a_checker_sees_a_fault(checker: Callable[[Path], list[Finding]], rule: str, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(VALID.format("<p>B</p>"), "utf-8")
    (tmp_path / "bad.html").write_text(VALID.format("<ul><p>B</p></ul>"), "utf-8")
    assert [(found.page, rule in found.rule) for found in checker(tmp_path)] == [("bad.html", True)]
