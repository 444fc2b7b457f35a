"""What the handbook says of the program is so: commands, options, settings, files, links; and its examples are read without an error."""

import csv
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import Result
from conftest import REPOSITORY, Desk
from markdown import Markdown

from digest import cli, models
from digest.catalog import load_catalog
from digest.content import parse_article
from digest.editors.overrides import read_overrides
from digest.editors.translations import read_corrections
from digest.errors import ArticleError, SettingsError
from digest.handbook import HANDBOOK, PACKAGED_DOCS, load_chapters
from digest.render.marker import Marker
from digest.settings import FUNDINGS, KINDS, RIGHTS, Settings, Summarizing, load_settings
from digest.translation import REASONS
from digest.translators import ENGINES

DOCS = {path.name: path.read_text("utf-8") for path in sorted(PACKAGED_DOCS.glob("*.md"))}
OTHERS = {name: (REPOSITORY / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")}
TEXTS = {**{f"docs/{name}": text for name, text in DOCS.items()}, **OTHERS}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
ROW = re.compile(r"^\| *(`[^|]*`) *\|(.*)\|$", re.MULTILINE)
OPTIONS = {option for command in cli.main.commands.values() for found in command.params for option in found.opts
           if option.startswith("--")} | {"--help", "--version"}
UNKNOWN = "zzzzzzzzzzzz"
"""A key that no reader knows: its refusal lists those that are known."""


def fences(text: str, *kinds: str) -> list[str]:
    """Return the blocks of code of some kinds."""
    return [body for kind, body in FENCE.findall(text) if kind in kinds]


def spans(text: str) -> list[str]:
    """Return the pieces of code within sentences."""
    return SPAN.findall(FENCE.sub("", text))


def part(name: str, heading: str) -> str:
    """Return what stands under a heading of a document."""
    masked = FENCE.sub(lambda found: found[0].replace("#", "%"), DOCS[name])
    starts = [found.end() for found in re.finditer(r"^#+ ", masked, re.MULTILINE)]
    return next(DOCS[name][start:end] for start, end in pairwise([*starts, None]) if masked.startswith(heading, start))


def keys(text: str) -> set[str]:
    """Return the keys in the first column of a table."""
    return {key for first, _ in ROW.findall(text) for key in SPAN.findall(first)}


def commands() -> Iterator[tuple[str, str]]:
    """Yield every call of a program that the documents show, with the document."""
    for name, text in TEXTS.items():
        blocks = [*fences(text, "sh"), *re.findall(r"(?:^    .+\n)+", text, re.MULTILINE)]
        lines = [line.partition(" # ")[0].strip() for block in blocks for line in block.splitlines()]
        for piece in (call.strip() for line in (*lines, *spans(text)) for call in line.split("&&")):
            if re.match(r"(\S*/)?digest [^=]|make\b", piece):
                yield name, piece


@pytest.mark.parametrize(("name", "line"), sorted(set(commands())), ids=lambda value: value[:60])
def test_every_command_is_one_of_the_program(name: str, line: str) -> None:
    program, *words = shlex.split(line)
    if program == "make":
        makefile = (REPOSITORY / "Makefile").read_text("utf-8")
        targets = [word for word in words if "=" not in word and not word.startswith(("-", "~"))]
        assert all(re.search(rf"^(?:[\w.]+ )*{re.escape(target)}\b[ \w]*:", makefile, re.MULTILINE) for target in targets), line
        return
    if words[0] == "COMMAND":
        return
    command = cli.main.get_command(click.Context(cli.main), words[0])
    assert command, f"{name}: {line}"
    if not words[1:]:
        return
    stand_ins = {"ID": "some-article", "YYYY-MM-DD": "2031-05-09", "N": "100", "--help": ""}
    given = [stand_ins.get(word, word) for word in words[1:]]
    needed = ["--reason", "A test."] if words == ["withdraw", "ID"] else []
    context = command.make_context(words[0], [*filter(None, given), *needed])
    if words[0] == "translate":
        found = context.params
        cli._check_words(found["names"], found["task"], update=found["update"], locked=found["locked"])


def test_the_commands_that_are_tried_are_many() -> None:
    assert len(set(commands())) > 50


def test_every_command_and_option_is_told() -> None:
    said = set(re.findall(r"--[a-z]+(?:-[a-z]+)*|(?<=`digest )[a-z]+", part("commands.md", "All commands")))
    assert said == OPTIONS | set(cli.main.commands)


def test_the_options_of_all_are_of_those_that_are_told() -> None:
    rows = {SPAN.findall(first)[0].split()[0]: of for first, of in ROW.findall(part("commands.md", "All commands")) if "`--" in first[:4]}
    for option in ("--content", "--output", "--strict", "--json"):
        having = {name for name, command in cli.main.commands.items() if any(option in found.opts for found in command.params)}
        named, every = set(SPAN.findall(rows[option].split("|")[0])), set(cli.main.commands)
        assert having == (every - named if rows[option].strip().startswith("all") else named), option


def test_no_option_is_named_that_nothing_has() -> None:
    for name, text in DOCS.items():
        ours = [span for span in spans(text) if not re.match("sudo|git|make|npm|pip", span)]
        named = {word for span in ours for word in re.findall(r"(?<![\w-])--[a-z-]+", span)}
        assert named <= OPTIONS | {"--no-deps"}, name


def known_keys(read: Callable[[Path], object], path: Path, text: str) -> set[str]:
    """Return the keys that a reader of the program expects where a text has an unknown one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="unknown key") as refused:
        read(path.parent)
    return set(str(refused.value).rpartition("expected one of ")[2].split(", "))


def test_every_key_of_the_settings_is_told_and_no_other(tmp_path: Path) -> None:
    head = "title: T\nlanguages: [en]\nengines: [argos]\n"
    known = known_keys(load_settings, tmp_path / "digest.yml", f"{head}{UNKNOWN}: 1\n")
    assert keys(part("settings.md", "The settings")) == known
    (shown,) = fences(part("settings.md", "The settings"), "yaml")
    assert set(re.findall(r"^(\w+):", shown, re.MULTILINE)) == known
    inner = known_keys(load_settings, tmp_path / "digest.yml", f"{head}sections:\n  - {{id: a, title: {{en: A}}, {UNKNOWN}: 1}}\n")
    assert inner == set(re.findall(r"(\w+): ", re.sub(r"\{.*?\}", "", shown.partition("sections:")[2].partition("\nrepository")[0])))
    assert inner <= set(spans(part("settings.md", "Sections")))


def test_every_key_of_an_outlet_is_told_and_no_other(tmp_path: Path) -> None:
    known = known_keys(load_settings, tmp_path / "outlets.yml", f"- id: a\n  name: A\n  {UNKNOWN}: 1\n")
    told = part("settings.md", "Adding an outlet")
    assert keys(told) | {"names", "feeds"} == known
    assert {"names", "feeds"} <= set(spans(told))


def test_closed_lists_and_defaults_are_those_of_the_program() -> None:
    rows = dict(ROW.findall(part("settings.md", "Adding an outlet")))
    assert (rows["`kind`"].strip(), rows["`funding`"].strip()) == (", ".join(KINDS), ", ".join(FUNDINGS))
    assert tuple(span for span in SPAN.findall(rows["`rights`"])) == RIGHTS
    settings = dict(ROW.findall(part("settings.md", "The settings")))
    assert [name for name in ENGINES if f"`{name}`" in settings["`engines`"].split("|")[0]] == list(ENGINES)
    left_out = {key: SPAN.findall(row.split("|")[1]) for key, row in settings.items()}
    assert (left_out["`engines`"], left_out["`timezone`"]) == (list(Settings(title="T").engines), [Settings(title="T").timezone])
    assert left_out["`key_points`"] == [str(Summarizing().key_points)]
    assert keys(part("translation.md", "Checks")) == set(REASONS)


@pytest.mark.parametrize("value", [2, 8])
def test_bounds_are_those_of_the_program(tmp_path: Path, value: int) -> None:
    assert "3 to 7" in part("settings.md", "The settings")
    (tmp_path / "digest.yml").write_text(f"title: T\nlanguages: [en]\nkey_points: {value}\n", "utf-8")
    with pytest.raises(SettingsError, match="from 3 to 7"):
        load_settings(tmp_path)


def test_every_key_of_the_overrides_is_shown_and_no_other(tmp_path: Path) -> None:
    (shown,) = fences(part("decisions.md", "Decisions"), "yaml")
    path = tmp_path / "overrides.yml"
    lists = known_keys(read_overrides, path, f"{UNKNOWN}: 1\n")
    assert set(re.findall(r"^(\w+):", shown, re.MULTILINE)) == lists
    for name in lists - {"hide_names"}:
        known = known_keys(read_overrides, path, f"{name}: [{{{UNKNOWN}: 1}}]\n")
        rows = re.split(rf"^{name}:", shown, flags=re.MULTILINE)[1]
        here = rows[:found.start()] if (found := re.search(r"^\w+:", rows, re.MULTILINE)) else rows
        told = set(re.findall(r"(\w+): ", re.sub(r"\{en: .*?\}|\s#.*", "", here)))
        assert told == known or (name == "topics" and told < known), name


def test_every_key_of_a_translation_is_shown(tmp_path: Path) -> None:
    def read(folder: Path) -> object:
        return read_corrections(folder.parent, ["tr"])
    known = known_keys(read, tmp_path / "translations" / "tr.yml", f"- original: A\n  translation: B\n  {UNKNOWN}: 1\n")
    (shown,) = fences(part("translation.md", "Your own"), "yaml")
    assert set(re.findall(r"(\w+):(?= |,|$)", shown.split("\n", 1)[1])) == known


def test_every_key_of_an_article_is_told_and_no_other() -> None:
    told = keys(part("articles.md", "The file"))
    _, warnings = parse_article("---\ntitle: T\nlang: en\n" + "".join(f"{key}: null\n" for key in sorted(told - {"title", "lang"}))
                                + "---\nText.\n", Path("a.md"))
    assert warnings == ()
    source = (REPOSITORY / "digest" / "content.py").read_text("utf-8")
    read = set(re.findall(r'(?:block\.\w+|_when)\((?:block, )?"(\w+)"', source)) | {"url", "retrieved", "summary"}
    assert told == read


def yaml_blocks() -> Iterator[tuple[str, str, str]]:
    """Yield every example of an editors' file: document, file, content."""
    for name, text in TEXTS.items():
        for block in fences(text, "yaml"):
            found = re.match(r"# content/([\w/]+\.yml)\n", block)
            assert found, f"{name}: an example does not say of which file it is: {block[:60]}"
            yield name, found[1], block


@pytest.mark.parametrize(("name", "file", "block"), list(yaml_blocks()), ids=lambda value: value[:30])
def test_every_example_is_read(tmp_path: Path, name: str, file: str, block: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(block, "utf-8")
    if file == "overrides.yml":
        assert read_overrides(tmp_path).stories
    elif file.startswith("translations/"):
        assert read_corrections(tmp_path, [path.stem])[path.stem]
    else:
        read = load_settings(tmp_path)
        assert read.outlets if file == "outlets.yml" else read.title == "Harbour Watch"


def test_every_article_shown_is_read() -> None:
    shown = [block for text in DOCS.values() for block in fences(text, "markdown")]
    assert shown
    for block in shown:
        article, warnings = parse_article(block, Path("a.md"))
        assert (article.lang, warnings) == ("en", ())
    with pytest.raises(ArticleError):
        parse_article(shown[0].replace("title:", "titel:"), Path("a.md"))


def test_every_kind_of_example_is_tried() -> None:
    tried = {"sh", "yaml", "markdown", "python", "text"}
    assert {kind for text in TEXTS.values() for kind, _ in FENCE.findall(text)} == tried


def test_the_python_shown_runs(newsroom: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(newsroom.root)
    checked, printed = (block for block in fences(DOCS["data.md"], "python") if "urlopen" not in block)
    names: dict[str, object] = {}
    exec(checked, names)
    exec(printed, names)
    digest, holds = names["digest"], names["holds"]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(digest.edition.topics)  # type: ignore[attr-defined]
    cited = [point.citations[0] for topic in digest.edition.topics for point in topic.summary]  # type: ignore[attr-defined]
    assert cited
    for one in cited:
        row = {"version": one.article.version, "start": one.start, "end": one.end, "quote": one.quote}
        assert holds(one.article.text, row)  # type: ignore[operator]
        assert not holds(one.article.text + " ", row)  # type: ignore[operator]


def test_the_python_shown_puts_tables_together(compared: Desk) -> None:
    (block,) = (block for block in fences(DOCS["data.md"], "python") if "urlopen" in block)
    names: dict[str, object] = {}
    exec(re.sub(r'"https://\S+?/data/"', f'"{compared.site.as_uri()}/data/"', block), names)
    rows = names["rows"]
    assert rows
    told = [column for cells in ROW.findall(part("data.md", "Tables")) for column in SPAN.findall(cells[0])]
    assert set(rows[0]) <= set(told)  # type: ignore[index]
    tables = [next(csv.reader([path.read_text("utf-8-sig").splitlines()[0]])) for path in compared.site.glob("data/topics/*.csv")]
    assert {column for table in tables for column in table} == set(told)


def test_ten_minutes(tmp_path: Path, digest: Callable[..., Result]) -> None:
    """What the first chapter tells a newcomer to write and call makes a site, outlet and day found."""
    settings, outlets = fences(DOCS["start.md"], "yaml")
    (text,) = fences(DOCS["start.md"], "text")
    root = Desk(tmp_path / "harbour")
    root.content.mkdir(parents=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", root.root)
    (root.content / "digest.yml").write_text(settings, "utf-8")
    (root.content / "outlets.yml").write_text(outlets, "utf-8")
    (root.root / "pier.txt").write_text(text, "utf-8")
    added = digest(root, "add", "pier.txt")
    assert added.exit_code == 0, added.output
    article = next((root.content / "articles" / "2026" / "09").glob("harbour-council-*.md")).read_text("utf-8")
    assert "outlet: harbour-courier\n" in article
    built = digest(root, "build", "--strict", "--publish")
    assert built.exit_code == 0, built.output + built.stderr
    assert "by 12 votes to 9" in root.page("topics/").read_text("utf-8")
    assert (root.site / HANDBOOK / "start" / "index.html").is_file()


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a document have on GitHub."""
    lines = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.replace("`", "")).lower().replace(" ", "-") for line in lines}


def test_links_between_documents_lead_somewhere() -> None:
    """On GitHub; those of the site are checked with all others by `digest verify`."""
    for name, text in TEXTS.items():
        for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
            target, _, mark = link.partition("#")
            if not re.match(r"https://", link):
                path = (REPOSITORY / name).parent / target if target else REPOSITORY / name
                assert path.is_file(), f"{name}: {link}"
                assert not mark or mark in anchors(path.read_text("utf-8")), f"{name}: {link}"


@pytest.mark.parametrize("name", sorted(DOCS))
def test_anchors_are_the_same_on_the_site_and_on_github(name: str) -> None:
    reader = Markdown(extensions=["toc", "fenced_code"])
    assert set(re.findall(r'<h\d id="([^"]+)"', reader.convert(DOCS[name]))) == anchors(DOCS[name])


def test_the_first_page_leads_to_every_chapter() -> None:
    assert set(re.findall(r"\((\w+\.md)\)", DOCS["README.md"])) == set(DOCS) - {"README.md"}
    assert len(load_chapters()) == len(DOCS)


def test_files_that_are_named_exist() -> None:
    for name, text in DOCS.items():
        named = {span for span in spans(text) if re.fullmatch(r"(digest|templates|tests|requirements|theme)/[\w./-]+", span)}
        for path in named:
            assert any((REPOSITORY / folder / path).exists() for folder in ("", "templates", "digest")), f"{name}: {path}"
    templates = {span for span in spans(DOCS["templates.md"]) if span.endswith(".jinja")}
    assert templates
    assert all((REPOSITORY / "templates" / found).is_file() for found in templates)


def test_variables_that_are_named_are_read() -> None:
    read = "".join(path.read_text("utf-8") for folder, kind in (("digest", "*.py"), (".github/workflows", "*.yml"), (".", "mkdocs.yml"),
                   (".", "Makefile"), ("tests", "*.py")) for path in sorted((REPOSITORY / folder).glob(kind)))
    read += (REPOSITORY / "digest" / "translators" / "packages.py").read_text("utf-8")
    named = {span for text in DOCS.values() for span in spans(text) if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", span)}
    assert {"SITE_URL", "ARGOS_PACKAGES_DIR"} <= named
    assert {name for name in named if name not in read} == set()


def test_what_pages_are_said_to_say_they_say() -> None:
    plain = {re.sub(r"\{\w+\}", "…", form) for form in load_catalog("en").forms()}
    for said in re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", DOCS["reading.md"]):
        assert said in plain, said


def test_the_types_and_calls_that_are_named_exist() -> None:
    assert {name for name in keys(part("data.md", "Types")) if not hasattr(models, name)} == set()
    called = re.findall(r"`m\.(\w+)\(", DOCS["templates.md"])
    assert called
    assert [name for name in called if not hasattr(Marker, name)] == []


def test_the_fields_of_a_topic_are_those_of_its_schema() -> None:
    schema = json.loads((REPOSITORY / "digest" / "schema.json").read_text("utf-8"))["$defs"]
    assert keys(part("data.md", "A topic")) == set(schema["topic"]["properties"])
    assert set(schema["state"]["enum"]) <= set(spans(part("data.md", "A topic")))
