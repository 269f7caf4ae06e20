"""What the commands of recorded voices say alike."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from storytime.cli.words import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storytime.core.shelf.takes import Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.shelves import Shelves

WHO = "Say who reads, with --teller NAME."


def told(take: Take, shelves: Shelves, names: dict[int, str]) -> dict[str, Any]:
    """Return a take as every command prints it in JSON; null where nothing was measured.

    `id`, `story`, `title`, `line` (from 0), `kind` (line or name), `teller` (a name), `text` (what was read),
    `recorded` (ISO, UTC), `seconds`, `path`, `lufs`, `true_peak` (dBTP), `rms` and `noise` (dBFS), `clipped`
    (samples), `speech` (from and to, in seconds), `stale` (its words are not in the story any more), `attic` (since
    when it is put away, ISO, or null) and `why`.
    """
    levels = take.levels
    return {
        "id": take.id,
        "story": take.story,
        "title": take.title,
        "line": take.line,
        "kind": take.kind,
        "teller": names.get(take.teller, ""),
        "text": take.text,
        "recorded": take.recorded,
        "seconds": round(take.seconds, 3),
        "path": str(shelves.takes.path(take)),
        "lufs": _rounded(levels.lufs),
        "true_peak": _rounded(levels.true_peak),
        "rms": _rounded(levels.rms),
        "noise": _rounded(levels.noise),
        "clipped": levels.clipped,
        "speech": [round(levels.speech_begin, 3), round(levels.speech_end, 3)],
        "stale": take.stale,
        "attic": take.attic,
        "why": take.why,
    }


def names_of(shelves: Shelves) -> dict[int, str]:
    """Return the tellers' names by their numbers."""
    return {teller.id: teller.name for teller in shelves.tellers.all()}


def length(seconds: float) -> str:
    """Return a length as it is said: 0:07, 12:30."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def who_reads(name: str, shelves: Shelves) -> Teller:
    """Return the teller of that name, who is written down if new; without one, whoever recorded last.

    Where nobody reads yet, a voice without a name is somebody's: nothing has to be said before the first line.
    """
    if name.strip():
        return shelves.tellers.welcome(name)
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.tellers import SOMEBODY

    everybody = shelves.tellers.all() or [shelves.tellers.welcome(SOMEBODY)]
    last = SettingsStore(shelves.library).value.recording_teller
    known = [teller for teller in everybody if teller.id == last] or everybody
    if len(everybody) > 1 and known is everybody:
        raise Told(WHO)
    return known[0]


@contextmanager
def welcomed(name: str, shelves: Shelves) -> Iterator[Teller]:
    """Give who reads, as `who_reads` does; somebody new of whom nothing came to be recorded is not written down."""
    known = {teller.id for teller in shelves.tellers.all()}
    who = who_reads(name, shelves)
    try:
        yield who
    except BaseException:
        if who.id not in known:
            _see_off(who, shelves)
        raise


def _see_off(who: Teller, shelves: Shelves) -> None:
    from storytime.core.studio.journal import left_behind
    from storytime.core.studio.label import label_of

    if all(label_of(one).teller != who.id for one in left_behind(shelves.paths.journals)):
        shelves.tellers.see_off(who.id)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
