"""pyttsx3's own drivers, faked with the faults that were read in their sources."""

import io
import math
import struct
import sys
import threading
import types
import wave

import pytest
from pyttsx3.voice import Voice

from storytime.core.ports import Utterance
from storytime.devices.voice_process.engine import EngineTrouble, NoSuchVoice
from storytime.devices.voice_process.stock import StockEngine

RATE = 22_050


def tone(letters):
    count = RATE // 20 * letters
    return struct.pack(f"<{count}h", *(round(9000 * math.sin(i / 5)) for i in range(count)))


def as_wav(samples):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return out.getvalue()


def as_aiff(samples):
    import numpy as np
    import soundfile

    out = io.BytesIO()
    soundfile.write(out, np.frombuffer(samples, "<i2"), RATE, format="AIFF", subtype="PCM_16")
    return out.getvalue()


class FakeDriver:
    """What both drivers have in common: their properties, and that they are good for one line only."""

    def __init__(self, proxy):
        self._proxy = proxy
        self.set = {}
        self.lines = 0
        self._looping = False

    def getProperty(self, name):
        assert name == "voices"
        return [Voice("one", "One", ["en-US"]), Voice("two", "Two", ["Unknown Locale: 9"])]

    def setProperty(self, name, value):
        assert name != "pitch", "neither driver has a pitch"
        self.set[name] = value

    def stop(self):
        pass

    def endLoop(self):
        self._looping = False

    def destroy(self):
        pass


class Sapi5(FakeDriver):
    """Renders inside `save_to_file` and never says that it has finished; used again, it gives nothing."""

    def save_to_file(self, text, filename):
        self.lines += 1
        if self.lines == 1:
            with open(filename, "wb") as file:
                file.write(as_wav(tone(len(text))))

    def startLoop(self):
        self._proxy.setBusy(False)


class Nsss(FakeDriver):
    """Writes AIFF under any name, from its event loop, which must run on the main thread; used again, it truncates."""

    def save_to_file(self, text, filename):
        self.lines += 1
        self._proxy.setBusy(True)
        self._line = (text, filename)

    def startLoop(self):
        assert threading.current_thread() is threading.main_thread()
        self._proxy.setBusy(False)
        text, filename = self._line
        with open(filename, "wb") as file:
            file.write(as_aiff(tone(len(text) if self.lines == 1 else 0)))
        self._proxy.notify("finished-utterance", completed=True)
        self._proxy.setBusy(False)


@pytest.fixture
def drivers(monkeypatch):
    """Put the fakes where pyttsx3 looks for its drivers; return those it made."""
    made = []

    def use(name, driver):
        def build(proxy):
            made.append(driver(proxy))
            return made[-1]

        module = types.ModuleType(f"pyttsx3.drivers.{name}")
        module.buildDriver = build
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return made

    return use


BOTH = pytest.mark.parametrize(("name", "driver"), [("sapi5", Sapi5), ("nsss", Nsss)])


@BOTH
def test_every_line_is_whole_because_each_has_an_engine_of_its_own(drivers, name, driver):
    drivers(name, driver)
    engine = StockEngine(name)
    for text in ("Once upon a time.", "There was a lamp.", "It burned."):
        speech = engine.render(Utterance(text, f"{name}:one"))
        assert (speech.samples, speech.rate) == (tone(len(text)), RATE)


@BOTH
def test_voice_pace_and_volume_are_set_and_pitch_is_left_alone(drivers, name, driver):
    made = drivers(name, driver)
    StockEngine(name).render(Utterance("Hello", f"{name}:two", rate=2.0, pitch=0.9, volume=0.5))
    assert made[-1].set["voice"] == "two"
    assert made[-1].set["rate"] == 300
    assert 0 < made[-1].set["volume"] <= 0.5


@BOTH
def test_a_voice_that_is_not_there_is_told_from_an_engine_in_trouble(drivers, name, driver):
    drivers(name, driver)
    with pytest.raises(NoSuchVoice):
        StockEngine(name).render(Utterance("Hello", f"{name}:three"))


@BOTH
def test_voices_have_tags_in_lower_case_and_none_where_the_system_does_not_know(drivers, name, driver):
    drivers(name, driver)
    assert [voice.languages for voice in StockEngine(name).voices()] == [("en-us", "en"), ()]


def test_a_driver_that_writes_nothing_is_in_trouble(drivers):
    class Silent(Sapi5):
        def save_to_file(self, text, filename):
            pass

    drivers("sapi5", Silent)
    with pytest.raises(EngineTrouble, match="no file came"):
        StockEngine("sapi5").render(Utterance("Hello", "sapi5:one"))


def test_a_driver_that_writes_no_sound_is_in_trouble(drivers):
    class Wordy(Sapi5):
        def save_to_file(self, text, filename):
            with open(filename, "w") as file:
                file.write(text)

    drivers("sapi5", Wordy)
    with pytest.raises(EngineTrouble, match="no sound"):
        StockEngine("sapi5").render(Utterance("Hello", "sapi5:one"))


def test_a_driver_that_raises_inside_its_queue_is_in_trouble(drivers):
    class Raising(Sapi5):
        def save_to_file(self, text, filename):
            raise RuntimeError("COM")

    drivers("sapi5", Raising)
    with pytest.raises(EngineTrouble, match="RuntimeError"):
        StockEngine("sapi5").render(Utterance("Hello", "sapi5:one"))


def test_a_driver_that_breaks_off_is_in_trouble(drivers):
    class Broken(Nsss):
        def startLoop(self):
            self._proxy.notify("finished-utterance", completed=False)

    drivers("nsss", Broken)
    with pytest.raises(EngineTrouble, match="broke off"):
        StockEngine("nsss").render(Utterance("Hello", "nsss:one"))
