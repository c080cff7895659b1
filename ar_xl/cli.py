"""The command registry as a command line: `ar-xl COMMAND BOOK [options]`.

What a command needs is imported when it runs, so that help and usage come at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import strptime
from typing import TYPE_CHECKING, Any

import click

from ar_xl import __version__
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.registry import Ask, Command, Parameter, Special
from ar_xl.app.specials import GROUPS, SPECIAL

if TYPE_CHECKING:
    from ar_xl.app.answer import Answer
    from ar_xl.app.life import Options

NOTICED_AFTER_SECONDS = 1.0

# NumPy would start threads for matrices, of which a ledger has none: a tenth of a second.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Day(click.ParamType[date]):
    """A date as ISO 8601 writes it; no other order of day and month is guessed."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or fail with the way to write it."""
        try:
            return value if isinstance(value, date) else date(*strptime(value, "%Y-%m-%d")[:3])
        except ValueError:
            self.fail(
                f"`{value}` is not a date as ar-xl takes it. Write year-month-day, "
                "such as 2026-10-31.",
                param,
                ctx,
            )


class _Words(click.ParamType[str]):
    """A text that says something: an empty one, of an empty cell or a variable, is no choice."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take it as it is, or fail where nothing is in it."""
        if not str(value).strip():
            self.fail("nothing was given. Name what you mean, or leave the option out.", param, ctx)
        return str(value)


_AS_PATH: Any = Path
_FILE = click.Path(path_type=_AS_PATH, dir_okay=False)
_PATH = click.Path(path_type=_AS_PATH)
_COMMON = (
    click.Option(["--as-of"], type=_Day(), metavar="YYYY-MM-DD",
                 help="The date to work for; today where left out."),
    click.Option(["--preview"], is_flag=True, help="Decide and show; write nothing."),
    click.Option(["--out"], type=_FILE, metavar="FILE",
                 help="Leave BOOK alone and write the result here."),
    click.Option(["--json"], is_flag=True, help="Answer with one JSON object."),
    click.Option(["--user"], type=_Words(), metavar="NAME",
                 help="Who does it; your login where left out."),
    click.Option(["--skip-bad"], is_flag=True, help="Post the good rows and list the rest."),
)  # fmt: skip


def shown(stage: str) -> dict[str, Any]:
    """What a bar shows of a stage: words that end in `500 of 2,000` fill a quarter of it."""
    words = stage.split()
    done, total = (
        (words[-3].replace(",", ""), words[-1].replace(",", ""))
        if len(words) > 2 and words[-2] == "of"
        else ("", "")
    )
    if not (done.isdigit() and total.isdigit()):
        return {"description": stage, "total": None}
    return {"description": stage, "total": int(total), "completed": int(done)}


@contextmanager
def stages(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar with what is being done, once a person has waited for a second.

    Args:
        quiet: show nothing: the answer is for a program. Pipes get nothing either.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from threading import Timer

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("Working", total=None)
    later = Timer(NOTICED_AFTER_SECONDS, bar.start)
    later.daemon = True
    later.start()
    try:
        yield lambda stage: bar.update(task, **shown(stage))
    finally:
        later.cancel()
        bar.stop()


def _option(parameter: Parameter) -> click.Option:
    kind: Any = _Words()
    if parameter.choices:
        kind = click.Choice(parameter.choices)
    elif parameter.ask is Ask.DATE:
        kind = _Day()
    elif parameter.ask is Ask.PATH:
        kind = _PATH
    flag = parameter.ask is Ask.FLAG
    return click.Option(
        [parameter.flag, parameter.name],
        help=parameter.help,
        required=parameter.required,
        is_flag=flag,
        type=bool if flag else kind,
        multiple=parameter.ask is Ask.PAIRS,
        metavar="OURS=THEIRS" if parameter.ask is Ask.PAIRS else None,
    )


def _click_command(command: Command) -> click.Command:
    def call(book: Path, **given: Any) -> None:
        answer = _guarded(command.name, lambda: _run(command, book, given))
        say(answer, bool(given["json"]))

    return click.Command(
        command.name,
        callback=call,
        params=[
            click.Argument(["book"], type=_FILE),
            *(_option(parameter) for parameter in command.parameters),
            *_COMMON,
        ],
        help=command.tip,
        short_help=command.tip,
    )


def _run(command: Command, book: Path, given: dict[str, Any]) -> Answer:
    from ar_xl.app import life

    own = {p.name: given.get(p.name) for p in command.parameters}
    with stages(given["json"]) as progress:
        return life.run(command.name, book, _options(given, own), own, progress)


def _options(given: dict[str, Any], own: dict[str, Any]) -> Options:
    from getpass import getuser

    from ar_xl.app.life import Options

    return Options(
        user=given.get("user") or getuser(),
        as_of=given.get("as_of"),
        preview=bool(given.get("preview")),
        out=given.get("out"),
        skip_bad=bool(given.get("skip_bad")),
        reason=own.get("reason") or "",
        source=str(own.get("source") or ""),
    )


def _guarded(name: str, work: Callable[[], Answer]) -> Answer:
    """Run; a mistake of ours becomes one sentence, its details a file without cell contents."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001  # the last line of defence says it is our bug
        import tempfile

        from ar_xl.app import crash, life

        with tempfile.NamedTemporaryFile(
            "w", prefix="ar-xl-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            log.write(crash.details(name, error) + "\n")
        return life.our_bug(name, log.name)


def say(answer: Answer, as_json: bool) -> None:
    """Print an answer and end with its exit code."""
    from ar_xl.app.answer import findings_text, plain, posted_text, totals_text
    from ar_xl.core.findings import Exit

    if as_json:
        import json

        click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        sys.exit(int(answer.exit))
    refused = answer.exit != Exit.DONE
    told_once = refused and len(answer.findings) == len(answer.said) == 1
    if not (told_once and answer.said[0].startswith(answer.findings[0].seen)):
        for line in findings_text(answer.findings, _whole_list(answer)):
            click.echo(plain(line), err=refused)
    if answer.preview and not refused:
        click.echo("Preview: nothing was written.")
    for line in totals_text(answer.totals):
        click.echo(plain(line))
    for line in answer.said:
        click.echo(plain(line), err=refused)
    for line in posted_text(answer):
        click.echo(line)
    sys.exit(int(answer.exit))


def _whole_list(answer: Answer) -> str:
    """Where all findings of an answer are listed, in words."""
    if answer.command == "import" or (answer.command == "check" and answer.preview):
        return "--json lists them all."
    if answer.command == "check" and answer.sheets:
        return f"The sheet {answer.sheets[0]} lists them all."
    return "`ar-xl check` lists them all on a sheet."


class _Program(click.Group):
    """All commands; a wrong call is answered as JSON too, where JSON was asked for."""

    def main(self, args: Sequence[str] | None = None, *given: Any, **more: Any) -> Any:
        """Run; end with the exit code."""
        asked = list(sys.argv[1:] if args is None else args)
        if "--json" not in asked:
            return super().main(args, *given, **more)
        try:
            return super().main(args, *given, **{**more, "standalone_mode": False})
        except click.ClickException as wrong:
            from ar_xl.app.answer import Answer
            from ar_xl.core.findings import Exit

            say(
                Answer(_named(asked), said=(wrong.format_message(),), exit=Exit.WRONG_CALL),
                as_json=True,
            )


def _named(asked: Sequence[str]) -> str:
    """The command in a call that could not be understood; nothing where none can be made out."""
    words = [word for word in asked if not word.startswith("-")]
    known = {*COMMANDS, *GROUPS, *(special.name for special in SPECIAL)}
    return next((name for name in (" ".join(words[:2]), *words) if name in known), "")


@click.group(
    cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="ar-xl")
def main() -> None:
    """Accounts receivable in an Excel workbook: post, age, collect, close."""


def _build() -> None:
    for command in COMMANDS.values():
        main.add_command(_click_command(command))
    groups = {name: click.Group(name, help=tip, short_help=tip) for name, tip in GROUPS.items()}
    for group in groups.values():
        main.add_command(group)
    for special in SPECIAL:
        groups.get(special.group, main).add_command(_special(special))


def _special(special: Special) -> click.Command:
    """A command that does not work on one existing workbook: new, demo, import."""

    def call(**given: Any) -> None:
        def work() -> Answer:
            own = {p.name: given.get(p.name) for p in special.parameters}
            with stages(given["json"]) as progress:
                answer: Answer = special.work(
                    _options(given, own), {**own, **given}, progress, click.echo
                )
                return answer

        say(_guarded(special.name, work), bool(given["json"]))

    arguments = [
        click.Argument([name], type=_PATH, nargs=-1, required=True)
        if special.many and name == special.arguments[-1]
        else click.Argument([name], type=_FILE)
        for name in special.arguments
    ]
    common = [o for o in _COMMON if o.name in special.common]
    return click.Command(
        special.word,
        callback=call,
        params=[*arguments, *(_option(p) for p in special.parameters), *common],
        help=special.tip,
        short_help=special.tip,
    )


_build()

if __name__ == "__main__":
    main()
