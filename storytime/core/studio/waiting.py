"""What was recorded and neither kept nor put away: found on the disk, where it is true, and laid at hand again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.shelf.words import words_of
from storytime.core.studio.journal import left_behind
from storytime.core.studio.journal_file import being_written
from storytime.core.studio.label import label_of
from storytime.core.studio.session import Waiting

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from storytime.core.studio.session import Session


def found(folder: Path, busy: Collection[Path]) -> tuple[Waiting, ...]:
    """Return every recording of a folder that waits, the oldest first; `busy` are being written to the shelf.

    One that still grows, in this window or in another process, waits for nothing yet.
    """
    return tuple(
        Waiting(journal.path, label_of(journal), journal.seconds)
        for journal in left_behind(folder)
        if journal.frames and journal.path not in busy and not being_written(journal.path)
    )


def belongs(one: Waiting, session: Session) -> bool:
    """Return whether a recording is of this teller, and of what is open."""
    label = one.label
    if session.teller is None or label.teller != session.teller.id:
        return False
    if session.mode == "name":
        return label.mode == "name"
    if session.mode == "tale":
        return label.mode == "tale"
    return session.story is not None and label.story == session.story and label.mode not in ("name", "tale")


def at_hand(session: Session) -> Waiting | None:
    """Return the recording that lies at hand: the one that did, as long as it waits, else the newest of this line."""
    wanted = session.at_hand.path if session.at_hand else None
    mine = [one for one in session.waiting if _is_of(one, session)]
    return next((one for one in session.waiting if one.path == wanted), mine[-1] if mine else None)


def _is_of(one: Waiting, session: Session) -> bool:
    label = one.label
    if session.mode == "name":
        return words_of(label.text) == words_of(session.name)
    if session.mode == "tale":
        return bool(session.parts) and one == session.parts[-1]
    if session.mode == "through":
        return label.mode == "through" and label.line < len(session.lines)
    if label.mode == "through" or not session.lines:
        return False
    # A text that was mended since is not what was read: then the recording is found under its own line no more, but
    # still waits, and can be taken up.
    return label.line == session.line and words_of(label.text) == words_of(session.lines[session.line])
