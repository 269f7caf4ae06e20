"""The house: the services, and every wire between them. It has no behaviour of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storytime.core.database import KeptState, Library, open_library
from storytime.core.evening.evening import Phase
from storytime.core.evening.gate import Gate
from storytime.core.evening.keeper import Keeper
from storytime.core.paths import shipped
from storytime.core.reading.chime import Chime
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.pages import PageTurner
from storytime.core.reading.preparer import Preparer
from storytime.core.reading.reader import Reader
from storytime.core.settings import SettingsStore
from storytime.core.shelf.casting import Casting
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.evening import Evening
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Clock, Lamp, Microphone, Speaker, Timer, Voice
    from storytime.core.reading.book_maker import BookMaker
    from storytime.core.reading.reader import Reading
    from storytime.core.signal import Signal
    from storytime.core.studio.shelves import Shelves
    from storytime.core.studio.studio import Studio


SETTLED = 1.5
"""Seconds after the start: the shelf has come, and a key seldom has."""


@dataclass(frozen=True, slots=True)
class Devices:
    """The machine, or the same machine pretended."""

    clock: Clock
    voice: Voice
    speaker: Speaker
    microphone: Microphone
    lamp: Lamp
    background: Background
    hands: Callable[[], Voice] | None = None
    """Makes further voices that work in the background by day and let everything else go first; without it, `voice`."""


class Wires:
    """Everything that an evening and those who read tell each other, until it is cut."""

    def __init__(
        self, keeper: Keeper, reader: Reader, pages: PageTurner, chime: Chime,
        by_day: Callable[[], tuple[Preparer | BookMaker, ...]],
        studio: Callable[[], Studio | None],
    ) -> None:
        """`by_day` gives what works by day only; `studio` gives the studio, None while nobody has gone there."""
        self._keeper, self._reader, self._pages, self._by_day = keeper, reader, pages, by_day
        self._chime, self._studio = chime, studio
        reader.stop_by = pages.stop_by = keeper.story_stop
        reader.at_night = lambda: Phase.WIND_DOWN <= keeper.evening.phase <= Phase.NIGHT
        self._wires: tuple[tuple[Signal[*tuple[Any, ...]], Callable[..., object]], ...] = (
            (reader.finished, self._end_stories),
            (reader.goodnight_ended, keeper.goodnight_ended),
            (reader.noted, keeper.note),
            (keeper.landing_wanted, self._land),
            (keeper.landing_undone, reader.land_not),
            (keeper.goodnight_due, reader.say_goodnight),
            (keeper.ticked, self._measure),
            (keeper.changed, self._hush),
            (pages.finished, self._end_book),
            (pages.noted, keeper.note),
            (keeper.announced, self._ring),
        )
        for signal, slot in self._wires:
            signal.connect(slot)

    def cut(self) -> None:
        """Let them go their own ways."""
        for signal, slot in self._wires:
            signal.disconnect(slot)

    def _end_stories(self, _landed: bool) -> None:
        self._keeper.stories_ended(self._reader.quiet())

    def _end_book(self, _landed: bool) -> None:
        self._keeper.stories_ended()

    def _land(self) -> None:
        self._reader.land_now()
        self._pages.land_now()

    def _measure(self) -> None:
        # Wherever the family is when the evening ends, the length of its goodnight is known before.
        if Phase.WIND_DOWN <= self._keeper.evening.phase <= Phase.GOODNIGHT:
            self._reader.keep_goodnight_ready()
            if self._keeper.goodnight_is_near():
                self._reader.open_path()
        self._keeper.goodnight_seconds = self._reader.goodnight_seconds() or 0.0

    def _hush(self, was: Evening, now: Evening) -> None:
        if now.phase >= Phase.STORY:
            # The machine is the story's now, and quiet.
            for work in self._by_day():
                work.stop()
        if now.phase > Phase.STORY:
            self._pages.leave()
        # However the dark came (a long sleep, a clock set on, a gate that closed), nothing sounds in it.
        if now.dark and not now.opened and (not was.dark or was.opened):
            self._reader.leave()
            studio = self._studio()
            if studio is not None:
                studio.rest()

    def _ring(self, minutes: int) -> None:
        """Ring the chime, but not into a recording."""
        studio = self._studio()
        if studio is None or not studio.session.sounding:
            self._chime.ring(minutes)


class House:
    """Holds one family's services over one library; `open_library` says what may go wrong."""

    def __init__(self, paths: Paths, devices: Devices) -> None:
        self.paths = paths
        self.devices = devices
        self.library: Library = open_library(paths)
        store = KeptState(self.library)
        self.settings = SettingsStore(self.library)
        self.shelf = Shelf(self.library, paths)
        self.tellers = Tellers(self.library)
        self.takes = Takes(self.library, paths)
        self._studio: Studio | None = None
        self._settling: Timer | None = None
        self.keeper = Keeper(devices.clock, store, self.settings)
        self.gate = Gate(devices.clock, store, self.keeper)
        self.casting = Casting(self.library)
        # Who speaks is a part of the story: what was made ready of it is made anew.
        self.casting.changed.connect(lambda _story: self.shelf.changed.emit())
        narrator = Narrator(devices.voice, self.settings, self.takes, self.casting)
        self.reader = Reader(
            self.shelf, devices.voice, devices.speaker, devices.clock, self.settings, devices.lamp, narrator, store
        )
        self.pages = PageTurner(self.shelf, devices.clock)
        self._hands = devices.hands or (lambda: devices.voice)
        self.preparer = Preparer(
            self.shelf, lambda: self.reader.narrator, devices.voice, self._hands, devices.clock, store
        )
        self._books: BookMaker | None = None
        bell = shipped("assets") / "chime.wav"
        self._chime = Chime(bell, devices.speaker, devices.clock, self.settings, self.reader)
        self._wires = self._wire(self.keeper)

    @property
    def books(self) -> BookMaker:
        """The maker of books to take along, from when a story is first looked at."""
        if self._books is None:
            from storytime.core.reading.book_maker import BookMaker

            there = self.devices
            self._books = BookMaker(
                self.shelf, self.takes, self.tellers, lambda: self.reader.narrator, there.voice, self._hands,
                there.background, there.clock,
            )
        return self._books

    @property
    def studio(self) -> Studio:
        """The studio: made when somebody goes there, because what measures sound takes its time to be imported."""
        if self._studio is None:
            from storytime.core.studio.kit import Kit
            from storytime.core.studio.studio import Studio

            there = self.devices
            machine = (there.microphone, there.speaker, there.voice, there.background, there.clock, there.lamp)
            memory = KeptState(self.library)
            self._studio = Studio(Kit(*machine, self._shelves(), self.settings, memory, self.reader.narrator))
            self._studio.opened.connect(self._silence)
            self.reader.changed.connect(self._give_way)
        return self._studio

    def begin(self) -> None:
        """Put the shipped stories on a new shelf, and take up the evening where it was."""
        self.shelf.stock(shipped("stories"))
        self.keeper.start()
        self.devices.clock.ticked.connect(self._follow_others)
        self._settling = self.devices.clock.after(SETTLED, self._settle)

    def begin_trial(self) -> Keeper:
        """Give the reader to an evening of three minutes that seals nothing, and return its keeper."""
        from storytime.core.evening.trial import try_evening

        self._wires.cut()
        trial = try_evening(self.devices.clock)
        self._wires = self._wire(trial)
        trial.start()
        return trial

    def end_trial(self, trial: Keeper) -> None:
        """Give the reader back to the real evening."""
        self.reader.leave()
        self.pages.leave()
        self._wires.cut()
        trial.close()
        self._wires = self._wire(self.keeper)

    def close(self) -> None:
        """Leave the story at the first line not heard whole, and let every device go."""
        self.devices.clock.ticked.disconnect(self._follow_others)
        if self._settling is not None:
            self._settling.cancel()
        if self._studio is not None:
            self._studio.close()
        self.reader.leave()
        self.pages.leave()
        self.preparer.close()
        if self._books is not None:
            self._books.stop()
        self.reader.close()
        self.keeper.close()
        self.devices.voice.close()
        self.devices.speaker.close()
        self.devices.microphone.close()
        self.library.close()

    def _wire(self, keeper: Keeper) -> Wires:
        return Wires(keeper, self.reader, self.pages, self._chime, self._by_day, lambda: self._studio)

    def _by_day(self) -> tuple[Preparer | BookMaker, ...]:
        return (self.preparer,) if self._books is None else (self.preparer, self._books)

    def _settle(self) -> None:
        """Do what the shelf need not wait for: begin what speaks, and gather recordings that nobody knows of."""
        from storytime.core.studio.gathering import gather_beside

        self.devices.voice.warm()
        gather_beside(self._shelves(), self.devices.background, self.keeper.note)

    def _shelves(self) -> Shelves:
        from storytime.core.studio.shelves import Shelves

        return Shelves(self.library, self.shelf, self.takes, self.tellers)

    def _silence(self) -> None:
        """Let nothing sound where somebody sits down to record."""
        self.reader.leave()
        self.pages.leave()

    def _give_way(self, reading: Reading) -> None:
        """Let nobody record where a story begins."""
        if self._studio is not None and reading.state != "idle":
            self._studio.rest()

    def _follow_others(self) -> None:
        """Take over what another process wrote, and the voices that came; where nothing did, this costs one look."""
        self.devices.voice.look_again()
        if not self.library.stale():
            return
        self.settings.reread()
        for one in (self.tellers, self.takes, self.shelf):
            one.changed.emit()
        if self._studio is not None:
            self._studio.look_again()
