"""What a journal says of itself in its header: who reads what, so that a recording that was never kept finds home."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from storytime.core.studio.journal import HEADER, MAGIC

if TYPE_CHECKING:
    from storytime.core.studio.journal import Journal
    from storytime.core.studio.session import Session

ROOM = 2000
"""Characters of a text that are written into a header, at most: as JSON they must fit beside the rest."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is recorded, and by whom."""

    mode: str = "line"
    """line, through, echo, tale or name, as in `Session.mode`."""
    teller: int = 0
    """A `Teller.id`."""
    story: int | None = None
    """None for a tale that has no text, and for a name."""
    line: int = 0
    """The line read, or the one at which a recording straight through begins; counted from 0."""
    title: str = ""
    text: str = ""
    """What is read: the line, or the name."""
    tale: str = ""
    """Names the tale to which this part belongs."""
    part: int = 0
    """Its place among the parts of the tale, from 0."""
    began: str = ""
    """ISO date and time (UTC) of the recording."""

    def header(self) -> dict[str, Any]:
        """Return it as the studio's share of a journal's header, cut where it would not fit."""
        label = replace(self, text=self.text[:ROOM], title=self.title[:ROOM])
        while len(json.dumps(asdict(label))) > HEADER - len(MAGIC) - 256:
            label = replace(label, text=label.text[: len(label.text) // 2], title=label.title[: len(label.title) // 2])
        return asdict(label)

    def tags(self) -> dict[str, str]:
        """Return what the file of a part of a tale says of itself, so that it finds the other parts again."""
        return {"storytime_tale": self.tale, "storytime_part": str(self.part)} if self.mode == "tale" else {}


def label_for(session: Session) -> Label:
    """Return what a recording that begins now says of itself. Somebody must be there to read."""
    assert session.teller is not None
    label = Label(session.mode, session.teller.id, began=datetime.now(UTC).isoformat(timespec="seconds"))
    if session.mode == "name":
        return replace(label, text=session.name)
    if session.mode == "tale":
        part = session.parts[-1].label.part + 1 if session.parts else 0
        return replace(label, tale=session.tale, part=part)
    text = "" if session.mode == "through" or not session.lines else session.lines[session.line]
    return replace(label, story=session.story, line=session.line, title=session.title, text=text)


def label_of(journal: Journal) -> Label:
    """Return what a journal says of itself; what it does not say, or says wrongly, is as in an empty label."""
    found: dict[str, Any] = {}
    for one in fields(Label):
        value = journal.header.get(one.name)
        kind = int if one.default is None else type(one.default)
        if isinstance(value, kind) and not isinstance(value, bool):
            found[one.name] = value
    return Label(**found)
