"""A copy of the family's library to rehearse on: nothing that happens in it is ever seen by the library itself."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from storytime.core.database import KeptState, open_library, troubles_named
from storytime.core.evening.gate import PIN, TRIES
from storytime.core.evening.memory import STATE
from storytime.core.evening.plan import plan_from_json
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storytime.core.evening.plan import Plan


def copy_library(own: Paths, folder: Path) -> Paths:
    """Copy the library at `own`, if there is one, into an empty folder. Raises `LibraryTrouble`, `DiskFull`."""
    copy = Paths(folder)
    with troubles_named(own.home):
        folder.mkdir(parents=True, exist_ok=True)
        if own.database.exists():
            with (
                closing(sqlite3.connect(f"{own.database.as_uri()}?{_how(own)}", uri=True)) as source,
                closing(sqlite3.connect(copy.database)) as target,
            ):
                source.backup(target)
        if own.covers.is_dir():
            shutil.copytree(own.covers, copy.covers, copy_function=_link_or_copy)
        if own.takes.is_dir():
            shutil.copytree(own.takes, copy.takes, copy_function=_link_or_point)
    return copy


def make_ready(copy: Paths, begin: datetime, *, forget_pin: bool, voice_night: bool = False) -> Plan:
    """Let the copy stand as on a day before its evening: the plan made yesterday, nothing told, nothing sealed.

    `voice_night` makes the night one on which the voice tells, whatever the family chose.
    """
    library = open_library(copy)
    try:
        KeptState(library).drop([STATE, TRIES, *([PIN] if forget_pin else [])])
        settings = SettingsStore(library)
        plan = plan_from_json(settings.value.plan)
        plan = replace(plan, asked=True, changed=begin - timedelta(days=1), held=None)
        settings.change(plan=plan.to_json(), first_run_done=True)
        if voice_night:
            settings.change(kind_of_night="voice")
        return plan
    finally:
        library.close()


def _how(own: Paths) -> str:
    """Return how to open the file so that nothing is left beside it: it has a journal only while somebody uses it."""
    in_use = own.database.with_name(f"{own.database.name}-wal").exists()
    return "mode=ro" if in_use else "mode=ro&immutable=1"


def _link_or_point(source: str, target: str) -> None:
    """Link a recording, for it is large; point at it where that cannot be, and copy it only where neither can be."""
    try:
        os.link(source, target)
    except OSError:
        try:
            os.symlink(source, target)
        except OSError:
            shutil.copy2(source, target)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
