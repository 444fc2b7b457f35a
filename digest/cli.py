"""The command line: each command reads its words, calls one function, prints what it returned."""

import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from digest import __version__
from digest.errors import DigestError, ProofError, SettingsError, StrictError

__all__ = ["main"]

log = logging.getLogger("digest")


class _Warnings(logging.Handler):
    """Print warnings as one line each and count them."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        if record.levelno >= logging.WARNING:
            self.count += 1
        kind = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        click.echo(f"{kind}{record.getMessage()}", err=True)


class _Command(click.Command):
    """A command that turns our errors into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        warnings = _Warnings()
        log.handlers, log.propagate = [warnings], False
        log.setLevel(logging.INFO)
        try:
            result = super().invoke(ctx)
        except ProofError as error:
            for finding in error.findings:
                click.echo(finding, err=True)
            raise click.exceptions.Exit(1) from error
        except DigestError as error:
            click.echo(f"error: {error}", err=True)
            raise click.exceptions.Exit(1) from error
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except OSError as error:
            click.echo(f"error: {error.filename or 'a file'}: {error.strerror}", err=True)
            raise click.exceptions.Exit(1) from error
        if warnings.count and ctx.params.get("strict"):
            click.echo(f"error: {StrictError(warnings.count)}", err=True)
            raise click.exceptions.Exit(1)
        return result


class _Group(click.Group):
    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """List the commands in the order an editor meets them."""
        return list(self.commands)


_CONTENT = click.option("--content", type=click.Path(path_type=Path, file_okay=False), default=Path("content"), show_default=True,
                        help="The folder with the articles and settings.")
_OUTPUT = click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("site"), show_default=True,
                       help="The site; working files go to build/ beside it.")
_STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
_JOBS = click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes at a time.  [default: one for each processor]")
_SCHEDULER = click.option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster whose scheduler is at tcp://HOST:PORT.")
_ANEW = click.option("--no-cache", "anew", is_flag=True, help="Make everything anew, as if nothing had been built before.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function
    return add


def _answer(context: click.Context, option: click.Parameter, value: Any) -> Any:
    from digest.starter.questions import answer

    return answer(option, value)


def _not_empty(context: click.Context, option: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter("it is empty; readers must learn why the article was withdrawn")
    return value


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Make a news digest in which every sentence is a source's own, linked to where it stands.

    Articles lie as files in content/; the site is built into site/.
    """


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", callback=_answer, help="The site's name; without it that of the folder.")
@click.option("--language", "languages", multiple=True, metavar="LANG", callback=_answer,
              help="A language of the site, its own first; may be given several times.  [default: en]")
@click.option("--publisher", callback=_answer, help="Who answers for the site.")
@click.option("--contact", callback=_answer, metavar="ADDRESS", help="How to reach them: an address of mail or web.")
@click.option("--timezone", callback=_answer, metavar="ZONE", help="In which an edition has its day.  [default: UTC]")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME=ADDRESS", callback=_answer,
              help="An outlet whose articles it uses, and its home page; may be given several times.")
@click.option("--private-content", "private", callback=_answer, metavar="OWNER/NAME",
              help="The private repository on GitHub that keeps the articles.")
@click.option("--yes", is_flag=True, help="Ask nothing on a terminal either.")
def init(folder: Path, yes: bool, **given: Any) -> None:
    """Make a new digest in a folder of its own.

    It gets settings, outlets, a workflow that publishes, and the program itself. On a terminal it asks for what no option says.

    Example: digest init ~/harbour --title "Harbour Watch" --language en --language tr
    """
    from digest.starter.init import init_digest, refuse_used
    from digest.starter.questions import ask
    from digest.starter.tell import tell_made

    refuse_used(folder)
    wanted = ask(folder, given, silent=yes or not sys.stdin.isatty())
    init_digest(folder, wanted)
    for line in tell_made(folder, wanted):
        click.echo(line)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL...")
@_options(_CONTENT, _OUTPUT, _STRICT)
def add(sources: Sequence[str], content: Path, output: Path, strict: bool) -> None:
    """Import files, feeds, or pages by their addresses, as articles.

    Files are raw text, HTML, Markdown, feeds, web archives (WARC) or folders of them. A table (CSV) of addresses is fetched; the feeds
    of a list of subscriptions (OPML) go into outlets.yml.

    Example: digest add ~/inbox/story.txt saved-page.html https://courier.example.org/pier
    """
    from digest.ingest import iter_added
    from digest.ingest.tell import tell_added

    states = Counter[str]()
    for result in iter_added(sources, content):
        states[result.state] += 1
        for line in tell_added(result):
            click.echo(line)
        if result.state == "refused":
            log.warning("refused: %s: %s", result.source, result.problem)
    if not states:
        log.error("nothing to import: %s", ", ".join(sources))
    if not states.keys() - {"refused"}:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("outlets", nargs=-1, metavar="[OUTLET]...")
@click.option("--again", type=click.IntRange(0, 365), default=0, metavar="DAYS",
              help="Fetch the pages of the last days' articles once more, to see what changed or is gone.")
@_options(_CONTENT, _OUTPUT, _STRICT)
def fetch(outlets: Sequence[str], again: int, content: Path, output: Path, strict: bool) -> None:
    """Fetch the feeds of the outlets, and import what is new.

    Those of all outlets in outlets.yml, or of these alone; pages that changed are imported too. What was fetched stays, whenever it is
    stopped; the next fetch goes on from there.

    Example: digest fetch harbour-courier
    """
    from digest.fetch.run import fetch_feeds
    from digest.fetch.tell import tell_fetched
    from digest.fetch.web import open_web
    from digest.progress import show_pages
    from digest.settings import load_settings

    _need(content)
    settings = load_settings(content)
    named = _known_outlets(settings.outlets, outlets)
    done = fetch_feeds(content, settings, open_web(settings, content), datetime.now(UTC), outlets=named, again=again, progress=show_pages)
    for line in tell_fetched(done):
        click.echo(line)
    if done.failed:
        log.warning("%s could not be read", f"{done.failed} feed{'' if done.failed == 1 else 's'}")
    if done.failed == len(done.asked):
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--record", is_flag=True, help="Write ids and addresses to ledger.json and this edition to editions/.")
@_options(_JSON, _CONTENT, _OUTPUT, _STRICT)
def stories(record: bool, as_json: bool, content: Path, output: Path, strict: bool) -> None:
    """Show how the articles group: topics, stories, copies, and why.

    Example: digest stories
    """
    from digest.pipeline import record_digest
    from digest.tell import stories_json, tell_stories

    digest = _load(content, summarized=record, strict=strict)
    if record:
        for path in record_digest(digest, content):
            click.echo(f"recorded in {path}", err=True)
    click.echo(stories_json(digest) if as_json else tell_stories(digest))


@main.command()
@click.option("--words", type=click.IntRange(10, 10_000), help="Words in each summary, at most.")
@click.option("--sentences", metavar="ID", help="Show all sentences of an article instead, each as overrides.yml names it.")
@_options(_JSON, _CONTENT, _OUTPUT, _STRICT)
def summarize(words: int | None, sentences: str | None, as_json: bool, content: Path, output: Path, strict: bool) -> None:
    """Show the summaries with their citations.

    They are in the sources' own languages.

    Example: digest summarize --words 100
    """
    from digest.content import find_article
    from digest.tell import summaries_json, tell_sentences, tell_summaries

    digest = _load(content, words=words, summarized=sentences is None, strict=strict)
    if sentences is not None:
        click.echo(tell_sentences(find_article(digest.articles, sentences, content)))
        return
    click.echo(summaries_json(digest) if as_json else tell_summaries(digest))


@main.command()
@click.option("--publish", is_flag=True, help="Refuse to build where digest.yml names no publisher and contact.")
@click.option("--profile", is_flag=True, help="Show where the time went, stage by stage.")
@_options(_JOBS, _SCHEDULER, _ANEW, _CONTENT, _OUTPUT, _STRICT)
def build(publish: bool, profile: bool, jobs: int | None, scheduler: str | None, anew: bool, content: Path, output: Path,
          strict: bool) -> None:
    """Build the site and prove it; only then it replaces the old one.

    Only what changed is made anew; the site is the same, byte for byte, whatever was built before.

    Example: digest build
    """
    from digest.publish import Workplace, publish_site, refuse_foreign
    from digest.running import forget_times, open_runner, tell_times, timed
    from digest.tell import tell_written

    _need(content)
    forget_times()
    place = Workplace(Path.cwd(), content, output)
    refuse_foreign(place)
    with timed("rest"), open_runner(place.kept, jobs, scheduler=scheduler, anew=anew) as runner:
        written = publish_site(place, strict=strict, publishing=publish, runner=runner)
    for line in tell_times() if profile else ():
        click.echo(line, err=True)
    click.echo(tell_written(written, output))


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview is served.")
@_options(_CONTENT, _OUTPUT)
def serve(address: str, content: Path, output: Path) -> None:
    """Preview the site; edits show by themselves.

    Those of content, templates and settings; drafts show too.

    Example: digest serve
    """
    from digest.preview import serve_preview
    from digest.publish import Workplace
    from digest.running import open_runner

    place = Workplace(Path.cwd(), content, output)
    with open_runner(place.kept) as runner:
        serve_preview(place, address, runner)


@main.command()
@click.argument("site", required=False, type=click.Path(path_type=Path, file_okay=False))
@_options(_CONTENT, _OUTPUT)
def verify(site: Path | None, content: Path, output: Path) -> None:
    """Prove that every sentence of a site stands in its source.

    It exits with 1 if one does not. SITE is the folder of the site; without it the one that --output names.

    Example: digest verify site
    """
    from digest.mkdocs_plugin import read_frame
    from digest.publish import Workplace
    from digest.settings import NO_FRAME
    from digest.verify import verify_site

    _need(content)
    site, memory = site or output, Workplace(Path.cwd(), content, output).memory
    frame = read_frame(Path.cwd(), content) if Path("mkdocs.yml").is_file() else NO_FRAME
    if findings := verify_site(site, content, frame=frame, root=Path.cwd(), memory=memory if memory.is_dir() else None):
        raise ProofError(findings)
    click.echo(f"{site}: every quotation stands in its source, and nothing else is published")


@main.command()
@click.argument("names", nargs=-1, metavar="[LANG|DIR]...")
@click.option("--list", "task", flag_value="list", help="Show what translates which language into which.")
@click.option("--install", "task", flag_value="install", help="Install the Argos packages for these languages, or for all of the digest.")
@click.option("--update", is_flag=True, help="With --install: take the newest packages in the place of pinned ones.")
@click.option("--locked", is_flag=True, help="With --install: install exactly what models.lock.json pins.")
@click.option("--check", "task", flag_value="check", help="Compare packages with their pins, corrections with the texts.")
@click.option("--report", "task", flag_value="report", help="Show for each language and page where its texts came from.")
@click.option("--merge", "task", flag_value="merge", help="Take in the translation memories of other folders.")
@_options(_CONTENT, _OUTPUT, _STRICT)
def translate(names: Sequence[str], task: str | None, update: bool, locked: bool, content: Path, output: Path, strict: bool) -> None:
    """Translate what is new, and look after what translates.

    For all languages or for these; what was translated is remembered. Building translates by itself.

    Example: digest translate --install es tr
    """
    from digest.publish import Workplace
    from digest.translation_tasks import TASKS, Job

    _check_words(names, task, update=update, locked=locked)
    _need(content)
    for line in TASKS[task or "fill"](Job(content, Workplace(Path.cwd(), content, output).memory, names, update, locked)):
        click.echo(line)


def _check_words(names: Sequence[str], task: str | None, *, update: bool, locked: bool) -> None:
    """Refuse words of `digest translate` that do not go together."""
    if names and task not in {None, "install", "merge"}:
        raise click.UsageError(f"--{task} takes neither languages nor folders")
    if task == "merge" and not names:
        raise click.UsageError("--merge takes the folders of other translation memories")
    if (update or locked) and task != "install":
        raise click.UsageError("--update and --locked say how to --install")
    if locked and (update or names):
        raise click.UsageError("--locked installs what is pinned: it takes no languages and no --update")


@main.command()
@_options(_JSON, _CONTENT, _OUTPUT, _STRICT)
def review(as_json: bool, content: Path, output: Path, strict: bool) -> None:
    """Show what is for an editor to look at, and what to do.

    With --strict it fails where there is anything.

    Example: digest review
    """
    from digest.desk import open_desk
    from digest.editors.fetched import find_fetched
    from digest.editors.overrides import read_overrides
    from digest.editors.review import find_tasks
    from digest.editors.tasks import tasks_json, tell_tasks
    from digest.editors.untold import find_untold
    from digest.pipeline import load_digest
    from digest.publish import Workplace
    from digest.record_files import read_editions, read_ledger

    _need(content)
    digest, warnings = load_digest(content)
    desk = open_desk(digest.settings, content, Workplace(Path.cwd(), content, output).memory)
    more = (*find_untold(digest, desk), *find_fetched(content, digest.settings, digest.articles))
    tasks = find_tasks(digest, warnings, read_overrides(content), read_ledger(content), read_editions(content), more)
    click.echo(tasks_json(tasks) if as_json else tell_tasks(tasks))
    if tasks and strict:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("article", metavar="ID")
@click.option("--reason", required=True, callback=_not_empty, help="Why, in a sentence: readers see it.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the notice; today, in the digest's time zone, without it.")
@_options(_CONTENT, _OUTPUT)
def withdraw(article: str, reason: str, day: datetime | None, content: Path, output: Path) -> None:
    """Take an article out everywhere, with a dated notice.

    Its text, its former texts and its quotations in old editions go; the notice stays. ID is the name of its file without .md.

    Example: digest withdraw honey-thieves-in-pellin --reason "The outlet took it back."
    """
    from digest.editors.withdraw import withdraw_article
    from digest.publish import Workplace
    from digest.settings import load_settings
    from digest.tell import tell_taken

    _need(content)
    today = day.date() if day else datetime.now(load_settings(content).zone).date()
    place = Workplace(Path.cwd(), content, output)
    for line in tell_taken(withdraw_article(content, article, reason, today, place.caches, place.memory)):
        click.echo(line)


def _known_outlets(declared: Mapping[str, Any], named: Sequence[str]) -> Sequence[str]:
    from digest._yaml import did_you_mean

    for name in named:
        if name not in declared:
            raise click.UsageError(f"no outlet {name!r} is in outlets.yml{did_you_mean(name, declared)}")
        if not declared[name].feeds:
            raise click.UsageError(f"{name} has no feeds in outlets.yml")
    return named


def _need(content: Path) -> None:
    if not content.is_dir():
        raise SettingsError(content, "no content folder is here; digest add makes one, and --content names another")


def _load(content: Path, *, strict: bool, words: int | None = None, summarized: bool = True) -> Any:
    from digest.pipeline import load_digest, refuse_warnings

    _need(content)
    digest, warnings = load_digest(content, words=words, summarized=summarized)
    if strict:
        refuse_warnings(warnings)
    for warning in warnings:
        log.warning("%s", warning)
    return digest
