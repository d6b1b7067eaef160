"""The command line: thin commands over the library; nothing heavy is imported before it is needed."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # Typer's own models need none, and looking for them takes time

import typer

from materiel.errors import MaterielError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "demo": "demo",
    "ask": "ask",
    "query": "query",
    "why": "why",
    "show": "show",
    "search": "show",
    "brief": "brief",
    "view": "view",
    "analyse": "analyse",
    "diff": "diff",
    "coverage": "coverage",
    "searched": "coverage",
    "amounts": "amounts",
    "validate": "validate",
    "judge": "judge",
    "import": "data",
    "export": "data",
    "schema": "data",
    "fmt": "data",
    "build": "build",
}
"""Each command and the module that holds it."""


def application(arguments: Sequence[str]) -> typer.Typer:
    """Return the application with the command that is called, or with all of them when none is named.

    Typer makes a model of each option of each command that it knows: one command costs a fraction of twenty.
    """
    app = typer.Typer(
        name="materiel",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    called = next((argument for argument in arguments if not argument.startswith("-")), None)
    wanted = [COMMANDS[called]] if called in COMMANDS else dict.fromkeys(COMMANDS.values())
    for name in wanted:
        import_module(f"materiel.cli.{name}").register(app)
    return app


def _version(value: bool) -> None:
    if value:
        from materiel import __version__

        typer.echo(f"materiel {__version__}")
        raise typer.Exit


def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Who builds what with whom, and who says so: query, view and export a graph of defence-industry partnerships.

    Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 usage,
    3 not found or ambiguous, 4 findings, 5 limit, 130 interrupted.
    """


def main() -> None:
    """Run the command line and turn errors into messages and exit codes."""
    try:
        application(sys.argv[1:])()
    except MaterielError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader has had enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if "MATERIEL_DEBUG" in os.environ:
            raise
        remedy = "This is a fault of ours: please report it with the output of MATERIEL_DEBUG=1."
        _tell(MaterielError(f"{type(error).__name__}: {error}", remedy))
        sys.exit(1)


def _tell(error: MaterielError) -> None:
    if "json" in sys.argv or "--format=json" in sys.argv:
        told = {"error": str(error), "remedy": error.remedy, "exit_code": error.exit_code}
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr)  # noqa: T201
    else:
        print(f"materiel: {error}", *([error.remedy] if error.remedy else []), sep="\n  ", file=sys.stderr)  # noqa: T201
