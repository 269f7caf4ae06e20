"""What the real speaker promises of sound itself, heard sample by sample at the monitor of a null sink."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from storytime.devices.sound_process.output import SOFT
from storytime.devices.speaker import QtSpeaker
from tests.devices.test_speaker_promises import PATIENCE, Told

pytestmark = pytest.mark.real

RATE = 48_000
BLOCK = RATE // 50
"""A sound server gives what it plays in blocks; a pause may fall a block early or late."""


@pytest.fixture
def speaker(sound_server):
    made = QtSpeaker()
    yield made
    made.close()


@pytest.fixture
def told(speaker):
    return Told(speaker).events


def samples_of(sound):
    return np.frombuffer(sound.path.read_bytes()[44:], "<i2")


def heard(ear):
    """What was heard, from the first sample that is not silent to the last."""
    return np.trim_zeros(ear.samples())


def play_to_the_end(qtbot, speaker, told, ear):
    qtbot.waitUntil(lambda: ("drained",) in told, timeout=PATIENCE)
    ear.wait_frames(RATE // 5)


def test_lines_are_joined_sample_by_sample_with_their_pauses_and_nothing_else(
    qtbot, speaker, told, output, make_noise
):
    lines = [(make_noise(seconds), pause) for seconds, pause in ((0.7, 0.3), (0.2, 0.0), (0.35, 0.5), (1.1, 0.0))]
    for token, (line, pause) in enumerate(lines):
        speaker.queue(token, line, pause)
    play_to_the_end(qtbot, speaker, told, output)
    silences = [np.zeros(round(pause * RATE), np.int16) for _line, pause in lines]
    wanted = [part for (line, _), gap in zip(lines, silences, strict=True) for part in (samples_of(line), gap)]
    assert np.array_equal(heard(output), np.concatenate(wanted))


def test_a_sound_begun_in_its_midst_rises_softly_and_is_then_the_very_sound(
    qtbot, speaker, told, output, make_noise
):
    line, begin = make_noise(1.0), RATE // 3
    speaker.queue(1, replace(line, begin=begin))
    play_to_the_end(qtbot, speaker, told, output)
    wanted, there = samples_of(line)[begin:], heard(output)
    soft = round(SOFT * RATE)
    assert len(wanted) - soft // 4 <= len(there) <= len(wanted)
    assert np.array_equal(there[-(len(wanted) - soft):], wanted[soft:])
    assert np.abs(there[: soft // 4].astype(int)).max() < 0.2 * np.abs(wanted.astype(int)).max()


def test_a_window_that_stops_answering_is_not_heard(qtbot, speaker, told, output, make_noise):
    lines = [make_noise(0.6) for _ in range(6)]
    for token, line in enumerate(lines):
        speaker.queue(token, line)
    qtbot.waitUntil(lambda: ("started", 0) in told, timeout=PATIENCE)
    output.wait_frames(3 * RATE)
    play_to_the_end(qtbot, speaker, told, output)
    assert np.array_equal(heard(output), np.concatenate([samples_of(line) for line in lines]))


def test_a_pause_is_silent_at_once_and_goes_on_from_the_very_sample(qtbot, speaker, told, output, make_noise):
    line = make_noise(2.0)
    speaker.queue(1, line)
    qtbot.waitUntil(lambda: np.count_nonzero(output.samples()) > RATE // 2, timeout=PATIENCE)
    at = output.frames
    speaker.pause()
    output.wait_frames(RATE // 2)
    assert np.count_nonzero(output.samples()[at:]) <= RATE // 10
    speaker.resume()
    play_to_the_end(qtbot, speaker, told, output)
    before, after = split_at_silence(heard(output))
    original = samples_of(line)
    held = len(before)
    resumed = len(original) - len(after)
    assert np.array_equal(before, original[:held])
    assert np.array_equal(after, original[resumed:])
    assert abs(resumed - held) <= BLOCK


def split_at_silence(samples):
    silent = np.flatnonzero(samples == 0)
    return samples[: silent[0]], samples[silent[-1] + 1 :]


def test_a_drop_is_silent_at_once_and_the_next_line_is_heard_whole(qtbot, speaker, told, output, make_noise):
    speaker.queue(1, make_noise(3.0))
    qtbot.waitUntil(lambda: np.count_nonzero(output.samples()) > RATE // 2, timeout=PATIENCE)
    at = output.frames
    speaker.drop()
    output.wait_frames(RATE // 2)
    assert np.count_nonzero(output.samples()[at:]) <= RATE // 10
    at = output.frames
    following = make_noise(0.5)
    speaker.queue(2, following)
    play_to_the_end(qtbot, speaker, told, output)
    assert np.array_equal(np.trim_zeros(output.samples()[at:]), samples_of(following))


def test_nothing_of_the_next_line_is_heard_when_it_is_dropped_in_the_pause_before_it(
    qtbot, speaker, told, output, make_noise
):
    first = make_noise(0.6)
    speaker.queue(1, first, 0.4)
    speaker.queue(2, make_noise(2.0))
    qtbot.waitUntil(lambda: np.count_nonzero(output.samples()) > RATE // 2, timeout=PATIENCE)
    speaker.drop_after(1)
    play_to_the_end(qtbot, speaker, told, output)
    output.wait_frames(RATE)
    assert np.array_equal(heard(output), samples_of(first))


def test_half_the_volume_is_half_the_sample(qtbot, speaker, told, output, make_noise):
    speaker.volume = 0.5
    line = make_noise(0.5)
    speaker.queue(1, line)
    play_to_the_end(qtbot, speaker, told, output)
    assert np.max(np.abs(heard(output) - samples_of(line) / 2)) <= 1


def test_a_change_of_volume_is_heard_soon(qtbot, speaker, told, output, make_sound):
    speaker.queue(1, make_sound(np.full(3 * RATE, 8000)))
    qtbot.waitUntil(lambda: np.count_nonzero(output.samples()) > RATE // 2, timeout=PATIENCE)
    at = output.frames
    speaker.volume = 0.25
    qtbot.waitUntil(lambda: output.samples()[-1] == 2000, timeout=PATIENCE)
    late = np.flatnonzero(output.samples()[at:] == 2000)[0]
    assert late <= 0.3 * RATE


def test_a_voice_of_another_rate_keeps_its_pitch_and_length_and_clicks_nowhere(
    qtbot, speaker, told, output, make_sound
):
    hertz, seconds = 441, 1.0
    wave = 8000 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * 22_050)) / 22_050)
    speaker.queue(1, make_sound(wave, 22_050))
    speaker.queue(2, make_sound(wave, 22_050))
    play_to_the_end(qtbot, speaker, told, output)
    played = heard(output).astype(int)
    assert len(played) == pytest.approx(2 * seconds * RATE, abs=20)
    assert np.count_nonzero(np.diff(np.signbit(played))) == pytest.approx(2 * hertz * 2, abs=4)
    steepest = 8000 * 2 * np.pi * hertz / RATE
    assert np.max(np.abs(np.diff(played))) < 1.2 * steepest


def test_the_first_sound_comes_from_an_open_path_at_once(qtbot, speaker, told, output, make_noise):
    speaker.queue(0, make_noise(0.2))
    play_to_the_end(qtbot, speaker, told, output)
    line = make_noise(0.3)
    at = output.frames
    speaker.queue(1, line)
    qtbot.waitUntil(lambda: ("ended", 1) in told, timeout=PATIENCE)
    assert np.flatnonzero(output.samples()[at:])[0] <= 0.3 * RATE


def test_without_any_output_opening_is_no_error_and_a_queued_line_is_lost(
    qtbot, sound_server, speaker, told, make_noise
):
    speaker.open()
    assert not speaker.available()
    speaker.queue(1, make_noise(0.3))
    qtbot.waitUntil(lambda: ("lost",) in told, timeout=PATIENCE)
    assert told == [("lost",)]


def test_no_other_output_sounds_when_the_one_in_use_goes_away(qtbot, sound_server, speaker, told, make_noise):
    sound_server.add_output("other")
    sound_server.add_output("headphones")
    with_both = [sound_server.ear(name) for name in ("other", "headphones")]
    speaker.queue(1, make_noise(5.0))
    speaker.queue(2, make_noise(5.0))
    qtbot.waitUntil(lambda: ("started", 1) in told, timeout=PATIENCE)
    sound_server.remove_output("headphones")
    qtbot.waitUntil(lambda: ("back",) in told, timeout=PATIENCE)
    with_both[0].wait_frames(RATE)
    blare = np.count_nonzero(with_both[0].samples())
    for ear in with_both:
        ear.close()
    assert told == [("started", 1), ("lost",), ("back",)]
    assert blare <= RATE // 5


def test_a_killed_sound_server_is_noticed_and_its_return_too(qtbot, sound_server, output, speaker, told, make_noise):
    speaker.queue(1, make_noise(30.0))
    qtbot.waitUntil(lambda: ("started", 1) in told, timeout=PATIENCE)
    sound_server.kill()
    qtbot.waitUntil(lambda: ("lost",) in told, timeout=PATIENCE)
    sound_server.start()
    sound_server.add_output("bedside")
    ear = sound_server.ear("bedside")
    qtbot.waitUntil(lambda: ("back",) in told, timeout=PATIENCE)
    line = make_noise(0.4)
    speaker.queue(2, line)
    play_to_the_end(qtbot, speaker, told, ear)
    assert np.array_equal(heard(ear)[-len(samples_of(line)) :], samples_of(line))
    ear.close()


def test_a_sound_server_that_stays_away_for_a_while_is_found_again(
    qtbot, sound_server, output, speaker, told, make_noise
):
    speaker.queue(1, make_noise(30.0))
    qtbot.waitUntil(lambda: ("started", 1) in told, timeout=PATIENCE)
    sound_server.kill()
    tried = set()

    def tried_in_vain():
        tried.add(speaker.process_id())
        return len(tried - {0}) > 2

    qtbot.waitUntil(tried_in_vain, timeout=2 * PATIENCE)
    sound_server.start()
    sound_server.add_output("bedside")
    qtbot.waitUntil(lambda: ("back",) in told, timeout=PATIENCE)
    assert speaker.available()


def test_a_sound_server_that_comes_after_us_is_found(qtbot, sound_server, speaker):
    sound_server.kill()
    assert not speaker.available()
    sound_server.start()
    sound_server.add_output("bedside")
    qtbot.waitUntil(speaker.available, timeout=PATIENCE)


def test_outputs_that_become_known_late_are_waited_for_once_and_then_told_of(
    qtbot, sound_server, output, speaker, told, monkeypatch
):
    monkeypatch.setattr("storytime.devices.speaker.START", 0.2)
    sound_server.stall()
    assert not speaker.available()
    waited = []
    with monkeypatch.context() as patch:
        patch.setattr(speaker._child, "wait", lambda *_: waited.append(True))
        assert not speaker.available()
    assert waited == []
    sound_server.go_on()
    qtbot.waitUntil(lambda: told == [("back",)], timeout=PATIENCE)
    assert speaker.available()


def test_a_killed_sound_process_loses_the_line_and_comes_back_by_itself(
    qtbot, output, speaker, told, make_noise
):
    speaker.queue(1, make_noise(30.0))
    qtbot.waitUntil(lambda: ("started", 1) in told, timeout=PATIENCE)
    os.kill(speaker.process_id(), signal.SIGKILL)
    qtbot.waitUntil(lambda: told[1:] == [("lost",), ("back",)], timeout=PATIENCE)
    assert speaker.available()


def test_a_line_whose_file_vanished_is_passed_over_and_the_next_is_heard(qtbot, output, speaker, told, make_noise):
    gone, there = make_noise(0.5), make_noise(0.3)
    gone.path.unlink()
    speaker.queue(1, gone)
    speaker.queue(2, there)
    play_to_the_end(qtbot, speaker, told, output)
    assert np.array_equal(heard(output), samples_of(there))
