"""Long recordings a few minutes at a time: what is said of them is what is said of short ones."""

import numpy as np
import pytest

from storytime.core.ports import Levels
from storytime.core.studio import windows as module
from storytime.core.studio import workbench
from storytime.core.studio.cutting import cut
from storytime.core.studio.levels import measure
from storytime.core.studio.windows import for_pauses, joined, measured, windows
from tests.core.studio.recordings import RATE, in_room, journal_of, room, spoken

LINES = ("Once upon a time there was a lamp that nobody had lit.", "The sea went on being the sea.")


@pytest.fixture
def reading(tmp_path):
    """Two lines, twice: about fourteen seconds."""
    voice = np.concatenate([in_room(spoken(line), 0.4, 0.5, -65) for line in LINES * 2])
    return journal_of(tmp_path / "reading.journal", voice * 32767)


def test_a_long_recording_is_measured_as_a_short_one_is(reading, monkeypatch):
    whole = measure(reading.samples(), RATE)
    monkeypatch.setattr(module, "WINDOW", 3.0)
    pieces = measured(reading)
    assert pieces.lufs == pytest.approx(whole.lufs, abs=1.0)
    assert pieces.rms == pytest.approx(whole.rms, abs=1.0)
    assert pieces.true_peak == pytest.approx(whole.true_peak, abs=0.1)
    assert pieces.noise == pytest.approx(whole.noise, abs=3.0)
    assert pieces.speech_begin == pytest.approx(whole.speech_begin, abs=0.1)
    assert pieces.speech_end == pytest.approx(whole.speech_end, abs=0.1)


def test_a_long_silence_is_silent(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 1.0)
    quiet = journal_of(tmp_path / "quiet.journal", room(3.5, -70) * 32767)
    levels = measured(quiet)
    assert (levels.rms, levels.lufs, levels.speech_end) == (None, None, 0.0)


def test_nothing_at_all_is_measured_as_nothing(tmp_path):
    assert measured(journal_of(tmp_path / "empty.journal", [])).true_peak is None


def test_pauses_of_a_long_recording_lie_where_they_lie_in_a_short_one(reading, monkeypatch):
    lines = LINES * 2
    near = cut(*for_pauses(reading), lines)
    assert for_pauses(reading)[1] == RATE
    monkeypatch.setattr(module, "WINDOW", 5.0)
    samples, rate = for_pauses(reading)
    assert rate == 16_000
    assert len(samples) / rate == pytest.approx(reading.seconds, abs=0.01)
    assert [one.at for one in cut(samples, rate, lines)] == pytest.approx([one.at for one in near], abs=0.05)


def test_windows_lose_no_frame(reading, monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 2.0)
    assert np.array_equal(np.concatenate(list(windows(reading))), reading.samples())
    some = np.concatenate(list(windows(reading, 1000, 200_000)))
    assert np.array_equal(some, reading.samples(1000, 200_000))


def test_one_window_is_told_as_it_is():
    one = Levels(lufs=-20.0, speech_begin=1.0, speech_end=2.0)
    assert joined([one]) is one


def test_a_lead_in_is_three_seconds_and_comes_up_softly(tmp_path):
    from storytime.core.studio.flac import read_flac, write_flac

    journal = journal_of(tmp_path / "one.journal", in_room(spoken(LINES[0])) * 32767)
    write_flac(tmp_path / "one.flac", journal)
    takes = [(tmp_path / "one.flac", measure(journal.samples(), RATE))] * 2
    sound = workbench.lead_in(takes, tmp_path / "lead.wav", care=True, less_noise=False)
    assert sound.seconds == pytest.approx(3.0, abs=0.01)
    samples, rate = read_flac(sound.path)
    assert rate == RATE
    assert abs(samples[0]) < 0.001
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lead.wav", "one.flac", "one.journal"]


def test_where_no_take_can_be_read_there_is_no_lead_in(tmp_path):
    assert workbench.lead_in([], tmp_path / "lead.wav", care=True, less_noise=False) is None
    lost = [(tmp_path / "gone.flac", Levels())]
    assert workbench.lead_in(lost, tmp_path / "lead.wav", care=True, less_noise=False) is None
