"""Takes made to order: rows with a file of a few bytes, for tests that never listen."""

from storytime.core.shelf.takes import Levels, Take, now

RATE = 48_000


def keep(
    takes, teller, card, line, text, *, seconds=3.0, speech=None, content=b"fLaC", kind="line", attic=None, why=""
):
    """Keep a take of a line; `speech` is from when to when somebody speaks in it."""
    number = len(list(takes._paths.takes.glob("*"))) + len(list(takes._paths.attic.glob("*")))
    name = f"{number:06}.flac"
    folder = takes._paths.attic if attic else takes._paths.takes
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    begin, end = speech or (0.0, 0.0)
    levels = Levels(speech_begin=begin, speech_end=end)
    story, title = (card.id, card.title) if card else (None, "")
    frames = round(seconds * RATE)
    return takes.keep(Take(0, teller.id, story, line, title, text, kind, name, now(), frames, RATE, levels, attic, why))
