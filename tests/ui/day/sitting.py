"""A studio that does nothing but remember what was wished, and says whatever a test wants it to say."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from storytime.core.ports import Input, Level
from storytime.core.shelf.takes import Levels, Take
from storytime.core.shelf.tellers import Teller
from storytime.core.signal import Signal
from storytime.core.studio.journal import head
from storytime.core.studio.label import Label
from storytime.core.studio.session import Cut, Session, Verdict, Waiting

MAMA, OPA = Teller(1, "Mama", "mother"), Teller(2, "Opa", "grandfather", "our family")
LINES = (
    "The lamp was small, and the sea was wide.",
    "And every night, when the last boat was home, she climbed the hundred and nine stairs with a cup of oil in her"
    " hand.",
    "“Sleep well, ships,” she said, and turned the little brass key, and the light went walking out over the water.",
    "Far away, on a boat as small as a walnut, somebody saw it, and yawned.",
    *(f"Wave number {i} came in, and lay down on the sand, and went to sleep there." for i in range(5, 95)),
)
HERE = 2
GOOD = Levels(-21.0, -4.2, -20.4, -62.0, 0, 0.3, 5.8)
ROOM = Verdict("good", GOOD)
TAKE = Take(
    7, 1, 3, HERE, "The Lamp", LINES[HERE], "line", "7.flac", "2026-11-04T19:00:00+00:00", 48000 * 6, 48000, GOOD
)
READERS = {**{i: MAMA for i in range(22)}, **{i: OPA for i in range(25, 34)}, **{i: MAMA for i in range(76, 80)}}
HAND = Waiting(Path("a.journal"), Label(), 6.2)
OPEN = Session(
    open=True, teller=MAMA, story=3, title="The Lamp in the Lighthouse", lines=LINES, line=HERE, readers=READERS,
    room=2460.0, proof=ROOM, earlier=2,
)
RECORDED = replace(OPEN, state="recorded", at_hand=HAND, seconds=6.2, safe=6.2, verdict=ROOM)
TALE = Session(open=True, mode="tale", teller=OPA, room=2460.0, proof=ROOM)
CUTS = tuple(Cut(HERE + i, at, sure=i != 3) for i, at in enumerate((0.0, 3.4, 7.9, 10.2, 15.0, 18.6, 22.4, 26.1)))
STATES = {
    "resting": OPEN,
    "kept": replace(OPEN, kept=TAKE, can_undo=True),
    "leading": replace(OPEN, state="leading"),
    "recording": replace(OPEN, state="recording", seconds=6.2, safe=6.0),
    "dead": replace(OPEN, state="recording", seconds=2.2, safe=2.0, alarm="dead"),
    "measuring": replace(OPEN, state="measuring", seconds=6.2, safe=6.2),
    "recorded": RECORDED,
    "recorded-loud": replace(RECORDED, verdict=Verdict("clipped", replace(GOOD, true_peak=0.0, noise=-48.0))),
    "playing": replace(RECORDED, state="playing"),
    "through": replace(OPEN, mode="through"),
    "through-recording": replace(OPEN, mode="through", state="recording", seconds=61.0, safe=60.9, earlier=0),
    "cutting": replace(OPEN, mode="through", state="cutting", seconds=30.0, safe=30.0, cuts=CUTS, line=HERE + 3),
    "echo": replace(OPEN, mode="echo", state="leading"),
    "name": replace(OPEN, mode="name", name="Mira", earlier=0),
    "who": replace(OPEN, teller=None),
    "proof": replace(OPEN, proof=None),
    "listening": replace(OPEN, proof=None, state="listening"),
    "proof-noisy": replace(OPEN, proof=Verdict("noisy", Levels(-24.0, -6.0, -26.0, -41.0, 0, 0.4, 2.8))),
    "proof-dead": replace(OPEN, proof=Verdict("dead", Levels())),
    "tale": TALE,
    "tale-recording": replace(TALE, state="recording", seconds=754.0, safe=753.8, marks=(192.0, 480.5)),
    "tale-recorded": replace(TALE, state="recorded", seconds=754.0, safe=754.0, marks=(192.0, 480.5), verdict=ROOM),
    "empty": Session(room=2460.0, proof=ROOM),
}
"""Every state of the studio that looks different."""


class Sitting:
    """Remembers each wish in `wishes`, as a name with its values."""

    NAMES = (
        "open", "open_tale", "leave", "choose_teller", "choose_mode", "go_to", "next_line", "previous_line", "toggle",
        "keep", "redo", "play", "punch_in", "listen_to_room", "move_cut", "mark_chapter", "keep_tale", "bring", "undo",
        "hush", "remove", "read_until", "take_up", "choose_name", "choose_microphone",
    )

    def __init__(self, session=OPEN):
        self.changed, self.heard, self.kept, self.told = Signal(), Signal(), Signal(), Signal()
        self.wave, self.wave_begun = Signal(), Signal()
        self.session = session
        self.wishes = []
        for name in self.NAMES:
            setattr(self, name, lambda *values, name=name: self.wishes.append((name, *values) if values else name))

    def look_again(self):
        """Nothing happens elsewhere."""

    def be(self, session):
        """Become another session, as the real one does after a wish."""
        self.session = session
        self.changed.emit(session)

    def hear(self, peak=-14.0, clipped=0):
        self.heard.emit(Level(peak, peak - 8, clipped, 1.0))


class Inputs:
    """A microphone that only says which there are."""

    def __init__(self, *inputs):
        self.inputs_changed = Signal()
        self._inputs = inputs or (Input("a", "Built-in microphone", default=True), Input("b", "USB desk microphone"))

    def inputs(self):
        return self._inputs


class Silence:
    """Remembers what was to be heard."""

    def __init__(self):
        self.heard = []

    def hear_take(self, take):
        self.heard.append(take)

    def hear_left(self, left):
        self.heard.append(left)

    def hush(self):
        self.heard.clear()


def leave_behind(room, label, seconds=6.0, samples=None):
    """Leave a journal as a killed program does."""
    if samples is None:
        samples = np.zeros(round(seconds * 48000), "<i2")
    room.paths.journals.mkdir(parents=True, exist_ok=True)
    path = room.paths.journals / f"2026-{len(list(room.paths.journals.iterdir()))}.journal"
    path.write_bytes(head({**label.header(), "format": "s16", "rate": 48000}) + samples.tobytes())
    return path
