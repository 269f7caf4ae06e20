"""The command line: its words are a contract. One module a command, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from storytime import __version__
from storytime.cli.words import Told
from storytime.core.errors import StorytimeError, SystemLacks

COMMANDS = (
    *("add", "list", "show", "read", "export", "prepare", "tellers", "takes", "record", "bring", "recover"),
    *("voices", "say", "plan", "tonight", "rehearse", "doctor", "backup", "restore"),
)


class Storytime(click.Group):
    """The commands, each loaded by its own name; no traceback leaves it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands, in the order in which a parent meets them."""
        return [name for name in COMMANDS if find_spec(f"storytime.cli.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module, or return None for a word that is no command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"storytime.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong through nobody's fault is said, and a bug is logged."""
        from storytime.core.paths import Paths
        from storytime.log import keep_log

        log = Paths.of_user().log
        keep_log(log)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError, KeyboardInterrupt):
            raise
        except StorytimeError as error:
            raise Told(str(error)) from error
        except Exception as error:
            if lacks := SystemLacks.told_by(error):
                raise Told(str(lacks)) from error
            import logging

            logging.getLogger(__name__).exception("%s could not end", ctx.invoked_subcommand or "the window")
            what = f"Storytime met something it did not expect ({type(error).__name__})"
            raise Told(f"{what}. Try again; if it stays, what happened is written in {log}") from error


@click.group(
    cls=Storytime,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  storytime                              the window
  storytime add ~/Books                  every story in a folder
  storytime list moon                    what is on the shelf about the moon
  storytime read "The Lamp"              read aloud, here and now
  storytime plan --lights-out 19:45      from tonight on
\b
Completion of words by Tab, for bash (zsh and fish likewise):
  eval "$(_STORYTIME_COMPLETE=bash_source storytime)"
""",
)
@click.version_option(__version__, prog_name="Storytime", message="%(prog)s %(version)s")
@click.pass_context
def storytime(ctx: click.Context) -> None:
    """Read family stories aloud in the dark, and lock up at lights-out.

    Without a command the window opens. STORY is a number from "storytime list" or a part of a title that no other
    story has.
    """
    if ctx.invoked_subcommand is None:
        from storytime.cli.tonight import open_rooms

        open_rooms(tonight=False)
