"""What the studio says: a word for its state, a sentence for a sound, and which keys do what just now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.studio.advice import advice
from storytime.ui.words import many

if TYPE_CHECKING:
    from storytime.core.studio.session import Cut, Session, Verdict, Waiting

MODES = (("line", "Line by line"), ("through", "Straight through"), ("echo", "Echo"))
STATES = {
    "resting": "ready", "listening": "listening", "leading": "the line before", "recording": "recording",
    "measuring": "one moment", "recorded": "recorded", "cutting": "laid on the lines", "playing": "playing",
}
WHISPERED = "the machine whispers"
WORDS_A_MINUTE = 130
"""Read aloud, calmly: for how long is left to read."""

ALARMS = {
    "dead": ("No sound comes from the microphone.", "Look whether it is muted or unplugged."),
    "clipped": ("That was too loud.", "Go a little further from the microphone."),
    "room": ("The disk is nearly full.", "There is room for less than ten minutes."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A key and what it does now."""

    key: str
    words: str
    wish: str
    """What it asks for: the name of a method of the studio, or of the desk."""
    on: bool = True
    """False while it would do nothing; it stays in its place."""


def duration(seconds: float) -> str:
    """Return “0:06”, “12:40”, “1:02:07”."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def at_length(seconds: float) -> str:
    """Return a length as it is said: “6 seconds”, “3 minutes”, “1 h 20 min”."""
    if seconds < 90:
        return many(max(1, round(seconds)), "second")
    if seconds < 5400:
        return many(round(seconds / 60), "minute")
    return f"{int(seconds // 3600)} h {round(seconds % 3600 / 60)} min"


def room(minutes: float) -> str:
    """Return “Room for 41 hours more.” of minutes of recording."""
    if minutes < 1:
        return "No room on the disk."
    if minutes < 120:
        return f"Room for {many(int(minutes), 'minute')} more."
    return f"Room for {many(int(minutes // 60), 'hour')} more."


def left_to_read(session: Session) -> str:
    """Return about how long the lines that nobody has read yet would take, this one included."""
    if session.mode == "name":
        return ""
    words = sum(
        len(text.split()) for i, text in enumerate(session.lines) if i >= session.line and i not in session.readers
    )
    minutes = words / WORDS_A_MINUTE
    if not words:
        return "every line from here has a voice"
    return "less than a minute left to read" if minutes < 1 else f"about {many(round(minutes), 'minute')} left to read"


def state_of(session: Session) -> str:
    """Return what is going on, in a word or two."""
    return WHISPERED if (session.state, session.mode) == ("leading", "echo") else STATES[session.state]


def place(session: Session) -> str:
    """Return “Line 23 of 94”, and whose voice the line has."""
    if not session.lines:
        return ""
    if session.mode == "name":
        return "A name, to be said wherever a story has it"
    reader = session.readers.get(session.line)
    return f"Line {session.line + 1} of {len(session.lines)} · {reader.name if reader else 'spoken'}"


def waits(one: Waiting) -> str:
    """Return what a recording that waits is called in a list."""
    return f"Take up: line {one.label.line + 1}, {at_length(one.seconds)}"


def earlier(count: int) -> str:
    """Return how many takes of a line wait in the attic."""
    return f"Earlier takes of this line: {count}, in the attic" if count else ""


def doubtful(cuts: tuple[Cut, ...]) -> str:
    """Return what is said of a recording that was laid on its lines."""
    unsure = sum(not cut.sure for cut in cuts)
    if not unsure:
        return f"{many(len(cuts), 'line')} found. Listen where you like, then keep them."
    return f"{many(len(cuts), 'line')} found; {many(unsure, 'cut')} to listen to."


def sentence(session: Session) -> tuple[bool, str, str]:
    """Return whether all is well, what is said of the sound, and the remedy; empty where there is nothing to say."""
    if session.alarm and session.state == "recording":
        return False, *ALARMS[session.alarm]
    if session.state == "cutting":
        return all(cut.sure for cut in session.cuts), doubtful(session.cuts), ""
    if session.verdict and session.state in ("recorded", "playing"):
        good = session.verdict.kind == "good"
        return (good, "It sounds good.", "") if good else (False, *advised(session.verdict))
    if session.state == "resting" and session.scarce:
        return False, *ALARMS["room"]
    if session.kept and session.kept.stale and session.state == "resting":
        return False, "The words were changed since this line was read.", "The take can still be heard."
    return True, "", ""


def advised(verdict: Verdict) -> tuple[str, str]:
    """Return what was heard, and the remedy."""
    what, _, remedy = advice(verdict).partition(". ")
    return f"{what.rstrip('.')}.", remedy


CUT_OFFERS = (
    Offer("Enter", "keep these lines", "enter"),
    Offer("P", "hear from the cut", "play"),
    Offer("↑ ↓", "other cuts", "down"),
    Offer("← →", "move the cut", "right"),
    Offer("L", "the last line I read", "read_until"),
    Offer("Backspace", "read it again", "backspace"),
)


def offers(session: Session) -> tuple[Offer, ...]:
    """Return the keys of a text, in the order in which they are drawn."""
    state = session.state
    if state == "cutting":
        return CUT_OFFERS
    waits = state in ("recorded", "playing") and session.at_hand is not None
    heard = session.mode != "name" or session.kept is not None
    running = state in ("recording", "leading")
    space = "stop" if running else "silence" if state == "playing" else "record again" if waits else "record"
    moves = state in ("resting", "recorded", "playing") or (state == "recording" and session.mode == "through")
    shown = [
        Offer("Space", space, "space", state not in ("measuring", "listening")),
        Offer("Enter", "keep and go on", "enter", waits or state == "recording"),
        Offer("Backspace", "read it again", "backspace", waits or running),
        Offer("P", "hear it", "play", waits or (state == "resting" and heard)),
    ]
    if session.mode != "name":
        shown.append(Offer("↑ ↓", "other lines", "down", moves))
        shown.append(Offer("I", "from just before", "punch_in", state in ("resting", "recorded") and session.line > 0))
    return tuple(shown)


def tale_offers(session: Session) -> tuple[Offer, ...]:
    """Return the keys of a tale that has no text."""
    running, waits = session.state == "recording", session.state in ("recorded", "playing")
    going = "pause" if running else "go on" if waits else "begin"
    return (
        Offer("Space", going, "space", running or session.state in ("resting", "recorded", "playing")),
        Offer("M", "a chapter begins", "mark_chapter", running),
        Offer("P", "hear it", "play", waits),
        Offer("Backspace", "tell it again", "backspace", waits),
    )
