"""A bare `mkdocs build` makes the same site, in a fresh copy and from anywhere."""

import shutil
from collections.abc import Callable

import pytest
from click.testing import Result
from conftest import LEFT_OUT, REPOSITORY, Desk

from digest.mkdocs_plugin import Place, build_whole
from digest.verify import verify_site

Run = Callable[..., Result]


@pytest.fixture
def clean(desk: Desk) -> Desk:
    """A fresh copy of which no article is left out."""
    (desk.content / "articles" / LEFT_OUT).unlink()
    return desk


def pages(desk: Desk) -> dict[str, bytes]:
    """Return the site's pages and data; an archive of addresses tells when it was packed."""
    return {name: raw for name, raw in desk.snapshot().items() if not name.endswith(".gz")}


@pytest.mark.parametrize("elsewhere", [False, True], ids=["in its folder", "from elsewhere"])
def test_a_bare_build_in_a_fresh_copy_makes_the_same_site(desk: Desk, newsroom: Desk, elsewhere: bool) -> None:
    done = desk.run("build", *(["-f", str(desk.root / "mkdocs.yml")] if elsewhere else []), program="mkdocs",
                    cwd=desk.root.parent if elsewhere else desk.root)
    assert done.returncode == 0, done.stderr
    assert pages(desk) == pages(newsroom)
    assert verify_site(desk.site, desk.content) == []


def test_a_strict_build_fails_on_a_left_out_article(desk: Desk) -> None:
    done = desk.run("build", "--strict", program="mkdocs")
    assert done.returncode == 1
    assert "broken-front-matter.md:3" in done.stderr


def test_a_strict_build_of_sound_articles(clean: Desk) -> None:
    done = clean.run("build", "--strict", program="mkdocs")
    assert done.returncode == 0, done.stderr
    assert verify_site(clean.site, clean.content) == []


def test_a_stale_page_is_made_anew(clean: Desk) -> None:
    assert clean.run("build", program="mkdocs").returncode == 0
    clean.edit(clean.article("honey-thieves-leave-note-in-pellin"), "Honey thieves leave", "Honey thieves forget")
    (clean.root / "build" / "pages" / "stray.md").write_text("# A claim\n", "utf-8")
    assert clean.run("build", program="mkdocs").returncode == 0
    assert verify_site(clean.site, clean.content) == []
    assert not (clean.site / "stray").exists()
    assert "Honey thieves forget" in clean.page("topics/honey").read_text("utf-8")


def test_a_damaged_page_or_stamp_is_made_anew(digest: Run, built: Desk, newsroom: Desk) -> None:
    for damage in ("build/pages/index.md", "build/pages.json"):
        shutil.rmtree(built.root / "build" / "pages" / "topics", ignore_errors=True)
        path = built.root / damage
        path.unlink()
        path.write_text("# A claim\n", "utf-8")
        assert digest(built, "build").exit_code == 0
        assert built.snapshot() == newsroom.snapshot()


def test_a_mistake_is_one_line(desk: Desk) -> None:
    (desk.content / "digest.yml").write_text("title: A\n", "utf-8")
    done = desk.run("build", program="mkdocs")
    assert done.returncode == 1
    assert "content/digest.yml:1: languages is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_name_of_the_content_folder(desk: Desk, newsroom: Desk) -> None:
    (desk.root / "content").rename(desk.root / "news")
    desk.edit("mkdocs.yml", "docs_dir: content", "docs_dir: news")
    assert desk.run("build", program="mkdocs").returncode == 0
    assert pages(desk) == pages(newsroom)


def test_the_repository_itself_builds_strictly(tmp_path_factory: pytest.TempPathFactory, sample: Desk) -> None:
    """A fresh clone, without anything that git ignores."""
    root = tmp_path_factory.mktemp("clone")
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    clone = Desk(root)
    done = clone.run("build", "--strict", program="mkdocs")
    assert done.returncode == 0, done.stderr
    assert pages(clone) == pages(sample)


def test_an_empty_content_folder_makes_a_site_that_says_so(digest: Run, desk: Desk) -> None:
    shutil.rmtree(desk.content)
    desk.content.mkdir()
    result = digest(desk, "build")
    assert result.exit_code == 0, result.output
    assert "There are no articles yet" in (desk.site / "index.html").read_text("utf-8")


def test_an_old_site_is_emptied(clean: Desk) -> None:
    (clean.site / "stale").mkdir(parents=True)
    (clean.site / "stale" / "index.html").write_text("A claim", "utf-8")
    build_whole(Place(clean.root, clean.content, clean.root / "build" / "pages"), clean.site, clean.root / "build" / "translations")
    assert not (clean.site / "stale").exists()


def test_the_given_epoch_is_kept(desk: Desk) -> None:
    done = desk.run("build", program="mkdocs", SOURCE_DATE_EPOCH="86400", SITE_URL="https://example.org/")
    assert done.returncode == 0, done.stderr
    assert "<lastmod>1970-01-02</lastmod>" in (desk.site / "sitemap.xml").read_text("utf-8")


def test_the_address_comes_from_the_environment(desk: Desk) -> None:
    done = desk.run("build", SITE_URL="https://example.org/repo/")
    assert done.returncode == 0, done.stderr
    assert "<loc>https://example.org/repo/archive/</loc>" in (desk.site / "sitemap.xml").read_text("utf-8")
    assert desk.run("verify").returncode == 0
