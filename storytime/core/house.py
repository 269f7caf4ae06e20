"""The house: the services, and every wire between them. It has no behaviour of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.database import KeptState, Library, open_library
from storytime.core.evening.evening import Phase
from storytime.core.evening.gate import Gate
from storytime.core.evening.keeper import Keeper
from storytime.core.reading.reader import Reader
from storytime.core.settings import SettingsStore
from storytime.core.shelf.shelf import Shelf

if TYPE_CHECKING:
    from storytime.core.evening.evening import Evening
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Clock, Lamp, Speaker, Voice


@dataclass(frozen=True, slots=True)
class Devices:
    """The machine, or the same machine pretended."""

    clock: Clock
    voice: Voice
    speaker: Speaker
    lamp: Lamp
    background: Background


class House:
    """Holds one family's services over one library; `open_library` says what may go wrong."""

    def __init__(self, paths: Paths, devices: Devices) -> None:
        self.paths = paths
        self.devices = devices
        self.library: Library = open_library(paths)
        store = KeptState(self.library)
        self.settings = SettingsStore(self.library)
        self.shelf = Shelf(self.library, paths)
        self.keeper = Keeper(devices.clock, store, self.settings)
        self.gate = Gate(devices.clock, store, self.keeper)
        self.reader = Reader(
            self.shelf, devices.voice, devices.speaker, devices.clock, self.settings, devices.lamp
        )
        self._wire()

    def _wire(self) -> None:
        keeper, reader = self.keeper, self.reader
        reader.stop_by = keeper.story_stop
        reader.finished.connect(keeper.stories_ended)
        reader.goodnight_ended.connect(keeper.goodnight_ended)
        reader.noted.connect(keeper.note)
        keeper.landing_wanted.connect(reader.land_now)
        keeper.goodnight_due.connect(reader.say_goodnight)
        keeper.ticked.connect(self._each_second)
        keeper.changed.connect(self._after_change)

    def _each_second(self) -> None:
        self.keeper.goodnight_seconds = self.reader.goodnight_seconds() or 0.0
        self.shelf.poll()

    def _after_change(self, was: Evening, now: Evening) -> None:
        # However the night came (a long sleep, a clock set on), nothing sounds behind the seal.
        if was.phase < Phase.LIGHTS_OUT <= now.phase:
            self.reader.leave()

    def begin(self) -> None:
        """Put the shipped stories on a new shelf, and take up the evening where it was."""
        from storytime.core.paths import shipped

        self.shelf.stock(shipped("stories"))
        self.keeper.start()

    def close(self) -> None:
        """Leave the story at the first line not heard whole, and let every device go."""
        self.keeper.close()
        self.reader.close()
        self.devices.voice.close()
        self.devices.speaker.close()
        self.library.close()
