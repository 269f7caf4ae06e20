"""The law of the studio, whatever the teller, the microphone and the power do: nothing that was heard is ever lost."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storytime.core.studio.flac import read_flac
from storytime.core.studio.proof import judge_take
from tests.core.studio.booth import Booth, LaterBackground, speech
from tests.core.studio.recordings import spoken

KEYS = ("toggle", "keep", "redo", "play", "punch_in", "remove", "undo", "next_line", "previous_line", "mark_chapter")
OTHERS = ("hush", "rest", "listen_to_room", "keep_tale", "open_tale")


class ListeningBooth(Booth):
    """A booth that remembers every journal that was ended, and how many frames the microphone put into it."""

    def __init__(self, folder, **manner):
        self.heard_of = {}
        super().__init__(folder, **manner)

    def enter(self):
        super().enter()
        finish = self.microphone._finish

        def counting():
            file = self.microphone._file
            if file is not None and file.path.parent == self.paths.journals:
                self.heard_of[file.path] = file.frames
            finish()

        self.microphone._finish = counting


class TheStudio(RuleBasedStateMachine):
    """A teller who presses what they like, a microphone with a loose plug, and a house whose power fails."""

    @initialize()
    def move_in(self):
        self.folder = tempfile.TemporaryDirectory()
        self.booth = ListeningBooth(Path(self.folder.name), background=LaterBackground(slow=False))
        self.tellers = [self.booth.teller, self.booth.house.tellers.welcome("Opa").id]
        self.booth.open()
        self.checked = set()

    def teardown(self):
        if hasattr(self, "booth"):
            self.booth.background.work()
            self.nothing_is_lost()
            self.booth.close()
            self.folder.cleanup()

    # The teller

    @rule(key=st.sampled_from(KEYS))
    def press(self, key):
        getattr(self.booth.studio, key)()

    @rule(wish=st.sampled_from(OTHERS))
    def wish(self, wish):
        getattr(self.booth.studio, wish)()

    @rule(then=st.sampled_from(["keep", "redo", "remove", "leave", "next_line", "toggle"]))
    def read_a_line(self, then):
        """What a teller does most."""
        if not self.booth.session.open:
            self.booth.open()
        if self.booth.session.state == "recording":
            self.booth.studio.hush()
            self.booth.run(0.2)
        self.booth.record()
        getattr(self.booth.studio, then)()

    @rule(line=st.integers(0, 5), mode=st.sampled_from(["line", "through", "echo"]))
    def sit_down(self, line, mode):
        self.booth.studio.open(self.booth.story, line)
        self.booth.studio.choose_mode(mode)

    @rule(name=st.sampled_from(["Mila", ""]))
    def name(self, name):
        self.booth.studio.choose_name(name)

    @rule(teller=st.integers(0, 1))
    def change_seats(self, teller):
        self.booth.studio.choose_teller(self.tellers[teller])

    @precondition(lambda self: self.booth.session.waiting)
    @rule(which=st.integers(0, 5))
    def take_up(self, which):
        waiting = self.booth.session.waiting
        self.booth.studio.take_up(waiting[which % len(waiting)].path)

    @precondition(lambda self: self.booth.session.cuts)
    @rule(number=st.integers(0, 5), at=st.floats(-1, 20), line=st.none() | st.integers(0, 5))
    def cut(self, number, at, line):
        self.booth.studio.move_cut(number, at)
        if line is not None:
            self.booth.studio.read_until(line)

    # The sound

    @rule(long=st.booleans())
    def speak(self, long):
        self.booth.read(spoken("The sea went on being the sea.") if long else speech())

    @rule(seconds=st.floats(0.05, 4), dead=st.booleans())
    def be_silent(self, seconds, dead):
        self.booth.microphone.dead = dead
        self.booth.run(seconds)
        self.booth.microphone.dead = False

    # The machine

    @rule(how=st.sampled_from(["unplug", "die", "refuse"]), keys=st.lists(st.sampled_from(KEYS), max_size=4))
    def lose_the_microphone(self, how, keys):
        """Pull the plug, press what there is to press, and plug it in again."""
        getattr(self.booth.microphone, how)()
        self.booth.run(0.2)
        for key in keys:
            getattr(self.booth.studio, key)()
            self.booth.run(0.1)
        self.booth.microphone.refuse(False)
        if not self.booth.microphone.inputs():
            self.booth.microphone.plug_in()

    @rule(slow=st.booleans())
    def be_slow(self, slow):
        self.booth.background.slow = slow
        if not slow:
            self.booth.background.work()

    @precondition(lambda self: self.booth.background.waits)
    @rule(count=st.integers(1, 5))
    def work(self, count):
        self.booth.background.work(count)

    @rule(first=st.booleans())
    def fail_the_power(self, first):
        """Kill it, also after files were written of which the library does not know yet."""
        waits = self.booth.background.waits
        if first and waits:
            work, values, _done, _failed = waits[0]
            work(*values)
        waits.clear()
        self.booth.restart()
        self.booth.run(1)

    # The law

    @invariant()
    def nothing_is_lost(self):
        if not hasattr(self, "booth"):
            return
        kept = defaultdict(dict)
        for teller in self.tellers:
            for take in self.booth.house.takes.of_teller(teller):
                writing, _, number = take.file.removesuffix(".flac").rpartition("-")
                kept[writing][number] = take
        for path, frames in self.booth.heard_of.items():
            if path.exists() or not frames or path in self.checked:
                continue
            written = [takes for writing, takes in kept.items() if writing.startswith(path.stem)]
            assert any(sum(take.frames for take in takes.values()) == frames for takes in written), path
            for take in written[0].values():
                samples, rate = read_flac(self.booth.house.takes.path(take))
                assert (len(samples), rate) == (take.frames, 48_000)
            self.checked.add(path)

    @invariant()
    def nothing_silent_is_told_and_nothing_twice(self):
        if not hasattr(self, "booth"):
            return
        seen = set()
        for teller in self.tellers:
            for take in self.booth.house.takes.of_teller(teller):
                if take.attic is None:
                    assert judge_take(take.levels, take.seconds).usable
                    place = (teller, take.kind, take.story, take.line, take.text)
                    assert place not in seen
                    seen.add(place)

    @invariant()
    def the_session_says_what_is(self):
        if not hasattr(self, "booth"):
            return
        session = self.booth.session
        growing = self.booth.studio.recorder.under_way
        assert (session.state in ("recording", "listening")) <= (growing is not None or session.state == "listening")
        assert session.seconds >= session.safe - 1e-6
        if session.state in ("recorded", "cutting"):
            assert session.at_hand is not None
        if session.lines:
            assert 0 <= session.line < len(session.lines)


TestTheStudio = TheStudio.TestCase
TestTheStudio.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
