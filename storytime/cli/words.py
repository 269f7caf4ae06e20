"""What all commands say alike: examples in the help, one sentence where something cannot be done, and JSON."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


class Told(click.ClickException):
    """What could not be done, in one sentence on standard error; the exit code is 1."""

    def show(self, file: Any = None) -> None:
        """Say the sentence, and nothing around it."""
        click.echo(self.message, err=True, file=file)


class Number(click.FloatRange):
    """A number in a range. What is no number at all is in none, though Python compares it to nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; one that is out of the range is a wrong use of the command."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"“{value}” is no number.", param, ctx)
        return number


def examples(*lines: str) -> str:
    """Return the end of a command's help; the backspace tells click to keep the lines as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def because(why: str) -> str:
    """Return the end of a sentence that tells of lines left out; the dot alone where no voice said why."""
    return f", because {why}." if why else "."


def print_json(value: Any) -> None:
    """Print one JSON document, in letters that the terminal can show."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    click.echo(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2))
