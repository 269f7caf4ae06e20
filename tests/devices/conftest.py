"""The machine's own parts for `-m real`: a sound server that nobody hears."""

import sys
import wave

import pytest

from storytime.core.ports import Sound
from tests.devices.sound_server import INSTALLED, SoundServer

OUTPUT = "bedside"


@pytest.fixture
def sound_server(tmp_path, monkeypatch):
    """A private sound server without outputs, which every child of the test finds."""
    if not INSTALLED:
        # `run.py test` installs it where a package manager lets it; other systems have no PulseAudio.
        assert not sys.platform.startswith("linux"), "PulseAudio is missing: run the tests with run.py test"
        pytest.skip("PulseAudio is of Linux only")
    server = SoundServer(tmp_path)
    server.start()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.close()


@pytest.fixture
def output(sound_server):
    """An output, and an ear at it."""
    sound_server.add_output(OUTPUT)
    ear = sound_server.ear(OUTPUT)
    yield ear
    ear.close()


@pytest.fixture
def bedside(sound_server):
    """A microphone, and an ear at what it hears."""
    sound_server.add_input(OUTPUT)
    ear = sound_server.ear(f"{OUTPUT}-air")
    yield ear
    ear.close()


@pytest.fixture
def make_sound(tmp_path):
    """Write samples to a WAV, and return it as a sound."""

    def write(samples, rate=48_000):
        path = tmp_path / f"{len(list(tmp_path.glob('*.wav')))}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(samples.astype("<i2").tobytes())
        return Sound(path, len(samples), rate)

    return write


@pytest.fixture
def make_noise(make_sound):
    """Return sounds of so many seconds in which no sample is 0, so that any silence heard is silence of ours."""
    import numpy as np

    generator = np.random.default_rng(7)

    def noise(seconds, rate=48_000):
        return make_sound(generator.integers(1000, 9000, round(seconds * rate)), rate)

    return noise
