"""Who reads a story tonight, line by line: the teller who was chosen, else another one where the parent allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.settings import Settings
    from storytime.core.shelf.takes import Take, Takes
    from storytime.core.shelf.tellers import Teller, Tellers

AT_ONCE = 2000
"""Lines whose takes are asked of the library at once."""


def heard_tonight(takes: Sequence[Take], settings: Settings) -> Take | None:
    """Return the take of one line that is told first, of those in the order of `Takes.of_lines`; None: the machine."""
    own = [take for take in takes if settings.teller in (0, take.teller)]
    others = takes if settings.other_tellers else []
    return next(iter((*own, *others)), None)


def readers_of(
    story: int, texts: Sequence[str], takes: Takes, tellers: Tellers, settings: Settings, start: int = 0
) -> dict[int, Teller]:
    """Return who reads each line of a story from `start` on; a line that is missing is read by the machine.

    `texts` are these lines.
    """
    people = {teller.id: teller for teller in tellers.all()}
    readers: dict[int, Teller] = {}
    for begin in range(0, len(texts), AT_ONCE) if people else ():
        for line, found in takes.of_lines(story, start + begin, texts[begin : begin + AT_ONCE]).items():
            take = heard_tonight(found, settings)
            if take and take.teller in people:
                readers[line] = people[take.teller]
    return readers


def stale_of(story: int, texts: Sequence[str], takes: Takes) -> dict[int, list[Take]]:
    """Return the takes whose words are not in the story any more, by the line they were read from, the newest first.

    `texts` are all lines of the story as they are now.
    """
    stale: dict[int, list[Take]] = {}
    for take in takes.of_story(story, texts):
        if take.stale and take.line < len(texts):
            stale.setdefault(take.line, []).append(take)
    return stale


def seal_of(story: int, takes: Takes, tellers: Tellers, settings: Settings) -> Teller | None:
    """Return whose seal a book bears: tonight's teller where they read in it, else whoever reads most; None: nobody."""
    people = {teller.id: teller for teller in tellers.all()}
    found = [teller for teller, _ in takes.tellers_of(story) if teller in people]
    if settings.teller in found:
        return people[settings.teller]
    allowed = settings.other_tellers or not settings.teller
    return people[found[0]] if found and allowed else None
