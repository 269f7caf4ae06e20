"""Lines of several voices, and recorded names in them: each says its own, and all sound like one line."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile

from storytime.core.ports import Levels, Named, Sounds, Utterance, Voiced, Word
from storytime.core.studio.filters import resampled
from storytime.core.studio.levels import loudness, measure
from storytime.devices.background import RealBackground
from storytime.devices.machine import with_recordings
from storytime.devices.splicing import AFTER_HEAD, AT_A_COMMA, AT_A_STOP, BESIDE, parts_of, spliced
from storytime.devices.take_voice import GONE
from storytime.devices.voice import VoiceChild
from storytime.devices.voices import ANY, NAMES
from tests.devices.test_voice import ENGLISH, Results

RATE = 48_000
TEXT = "When the moon had risen over the wood, Mia went to bed with her old bear."


class Nursery:
    """The machine's own voice with a name that was recorded softly, in a room of its own."""

    def __init__(self, qtbot, folder):
        self.engine, self.background = VoiceChild(folder / "lines"), RealBackground()
        self.voice = with_recordings({ANY: self.engine}, folder, self.background)
        self.results = Results(qtbot, self.voice)
        self.cache = folder / "names"
        self.take, self.levels = folder / "mia.flac", None
        said = soundfile.read(self.of(Utterance("Mia", ENGLISH, pitch=0.8)).path)[0]
        self._record(said)

    def _record(self, said):
        """Write a second of room, the name some 20 dB under a voice's level, and a second of room."""
        voice = np.interp(np.arange(0, len(said), 22_050 / RATE), np.arange(len(said)), said) * 0.1
        room = np.random.default_rng(1).normal(0, 1e-4, len(voice) + 2 * RATE)
        room[RATE : RATE + len(voice)] += voice
        soundfile.write(self.take, room, RATE)
        self.levels = measure(*soundfile.read(self.take, dtype="float32"))

    def line(self, text=TEXT, **more):
        """Return a line in which every Mia is recorded."""
        places, here = [], text.find("Mia")
        while here >= 0:
            places.append(Named(here, 3, self.take, self.levels))
            here = text.find("Mia", here + 1)
        return Utterance(text, ENGLISH, names=tuple(places), **more)

    def level_of_name(self, sound):
        """Return the loudness, in LUFS, of the name in the line `TEXT`."""
        (word,) = (one for one in sound.words if one.start == TEXT.index("Mia"))
        at, spoken = round(word.at * RATE), self.levels.speech_end - self.levels.speech_begin
        return loudness(read(sound)[0][at : at + round(spoken * RATE)], RATE)[0]

    def of(self, line):
        """Return the sound of a line."""
        self.results.sounds.pop(line.text, None)
        wanted = len(self.results.order)
        self.voice.render(line)
        self.results._bot.waitUntil(lambda: line.text in self.results.order[wanted:], timeout=20_000)
        return self.results.sounds.get(line.text)


@pytest.fixture
def nursery(qtbot, tmp_path):
    made = Nursery(qtbot, tmp_path)
    yield made
    made.voice.close()
    made.background.close()


def silences(samples):
    """Return begin and length, in seconds, of each stretch in which no sample sounds."""
    loud = np.flatnonzero(np.abs(samples) > 1e-5)
    gaps = np.flatnonzero(np.diff(loud) > RATE * 0.02)
    return [(loud[at] / RATE, (loud[at + 1] - loud[at]) / RATE) for at in gaps]


def read(sound):
    return soundfile.read(sound.path, dtype="float32")


def steps(samples):
    """Return the largest step from one sample to the next."""
    return np.abs(np.diff(samples)).max()


def test_a_name_stands_between_the_pieces_that_the_engine_says_with_its_rests(nursery):
    line = nursery.line()
    parts = parts_of(line)
    assert [part.utterance.text for part in parts] == [
        "When the moon had risen over the wood,", "Mia", "went to bed with her old bear.",
    ]
    assert [part.rest for part in parts] == [0.0, AT_A_COMMA, BESIDE]
    sound = nursery.of(line)
    pieces = sum(nursery.of(parts[number].utterance).seconds for number in (0, 2))
    spoken = nursery.levels.speech_end - nursery.levels.speech_begin
    assert sound.rate == RATE
    assert sound.seconds == pytest.approx(pieces + spoken + AT_A_COMMA + BESIDE, abs=0.01)


def test_the_whole_line_is_at_one_level_and_the_soft_name_is_no_softer_than_its_line(nursery):
    sound = nursery.of(nursery.line())
    samples, _ = read(sound)
    lufs, peak = loudness(samples, RATE)
    assert lufs == pytest.approx(-23, abs=1)
    assert peak <= -3
    assert nursery.level_of_name(sound) == pytest.approx(lufs, abs=3)


def test_a_line_of_pieces_too_short_to_be_measured_is_at_that_level_too(make_sound, tmp_path):
    short = make_sound(1600 * np.sin(np.arange(RATE // 2) / 8))
    line = Utterance("So Mia sat.", ENGLISH, names=(Named(3, 3, short.path, Levels()),))
    sound = spliced(line, [short] * 3, tmp_path / "line.wav")
    assert loudness(*read(sound))[0] == pytest.approx(-23, abs=0.5)


def test_a_quieter_voice_has_quieter_names(nursery):
    loud, quiet = (nursery.of(nursery.line(volume=volume)) for volume in (1.0, 0.5))
    assert loudness(*read(loud))[0] - loudness(*read(quiet))[0] == pytest.approx(6, abs=0.7)
    assert nursery.level_of_name(loud) - nursery.level_of_name(quiet) == pytest.approx(6, abs=0.7)


def test_no_join_clicks(nursery):
    line = nursery.line("Hush now Mia sleep well Mia dear.")
    samples, _ = read(nursery.of(line))
    own = max(steps(resampled(*read(nursery.of(part.utterance)), RATE)) for part in parts_of(line))
    gaps = silences(samples)
    assert len(gaps) >= 4
    assert steps(samples) <= own * 1.1
    for begin, length in gaps:
        for edge in (begin, begin + length):
            at = round(edge * RATE)
            # Each side comes out of nothing and goes into it.
            assert steps(samples[at - 6 : at + 6]) < 0.002


def test_word_times_are_moved_along_and_the_name_has_its_own(nursery):
    sound = nursery.of(nursery.line())
    words = [TEXT[one.start : one.start + one.length] for one in sound.words]
    assert words == TEXT.replace(",", "").replace(".", "").split()
    times = [one.at for one in sound.words]
    assert times == sorted(times)
    mia, went = (next(one.at for one in sound.words if TEXT.startswith(word, one.start)) for word in ("Mia", "went"))
    spoken = nursery.levels.speech_end - nursery.levels.speech_begin
    assert went == pytest.approx(mia + spoken + BESIDE, abs=0.01)


def test_a_line_is_kept_with_its_word_times_until_its_recording_changes(nursery):
    line = nursery.line()
    assert nursery.voice.ready(line) is None
    sound = nursery.of(line)
    kept = nursery.voice.ready(line)
    assert (kept.path, kept.frames, len(kept.words)) == (sound.path, sound.frames, len(sound.words))
    assert kept.path.parent == nursery.cache
    soundfile.write(nursery.take, np.zeros(RATE), RATE)
    assert nursery.voice.ready(line) is None


def test_a_heading_is_said_before_a_line_that_begins_with_a_name(nursery):
    line = nursery.line("Mia slept.", head="The Bear.")
    head, name, slept = parts_of(line)
    assert [part.utterance.text for part in (head, name, slept)] == ["The Bear.", "Mia", "slept."]
    assert (name.rest, slept.rest) == (AFTER_HEAD, BESIDE)
    sound = nursery.of(line)
    assert [(one.start, one.length) for one in sound.words] == [(0, 3), (4, 5)]
    assert sound.words[0].at > AFTER_HEAD


def test_a_name_in_a_heading_is_heard_and_its_words_are_no_words_of_the_line(nursery):
    named = Named(0, 3, nursery.take, nursery.levels)
    line = Utterance("“All slept.”", ENGLISH, head="Mia and the Bear.", head_names=(named,))
    parts = parts_of(line)
    assert [part.utterance.text for part in parts] == ["Mia", "and the Bear.", "All slept.”"]
    assert [part.rest for part in parts] == [0.0, BESIDE, AFTER_HEAD]
    assert parts_of(replace(line, head_names=()))[0].utterance.text == "Mia and the Bear."
    sound = nursery.of(line)
    assert sound.words[0].start == 1
    assert sound.words[0].at > AFTER_HEAD + nursery.levels.speech_end - nursery.levels.speech_begin
    nursery.take.unlink()
    assert nursery.of(replace(line, text="“All woke.”")) is None


def test_a_line_that_is_a_name_alone_is_heard(nursery):
    sound = nursery.of(nursery.line("“Mia!”"))
    assert sound.words == (Word(1, 3, pytest.approx(0.03, abs=0.001)),)


def test_sounds_that_a_family_gave_go_with_their_piece():
    line = Utterance("Mia saw Tom.", ENGLISH, sounds=(Sounds(8, 3, "tɔm"),), names=(Named(0, 3, None, Levels()),))
    _name, piece = parts_of(line)
    assert (piece.utterance.text, piece.utterance.sounds) == ("saw Tom.", (Sounds(4, 3, "tɔm"),))


@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_a_name_that_cannot_be_played_fails_its_line_and_the_same_line_without_is_said(nursery, damage):
    line = nursery.line()
    if damage == "gone":
        nursery.take.unlink()
    else:
        nursery.take.write_bytes(b"no sound at all")
    assert nursery.of(line) is None
    why = nursery.results.reasons[line.text]
    assert why == GONE if damage == "gone" else "cannot be played" in why
    assert nursery.of(replace(line, names=())).seconds > 1


def test_a_voice_that_was_deleted_is_not_heard_from_a_line_that_was_made_of_it(nursery):
    line = nursery.line()
    nursery.of(line)
    nursery.take.unlink()
    assert nursery.voice.ready(line) is None


def test_a_piece_that_the_engine_cannot_say_fails_its_line(nursery):
    line = replace(nursery.line(), voice="espeak:nobody")
    assert nursery.of(line) is None
    assert "not on this machine" in nursery.results.reasons[line.text]


def test_lines_come_in_the_order_of_asking_and_twice_asked_comes_once(nursery):
    lines = [nursery.line(f"Hush {number} times, Mia, and sleep.") for number in range(5)]
    came = nursery.results.order
    came.clear()
    for line in (*lines, lines[0]):
        nursery.voice.render(line)
    wanted = [line.text for line in lines]
    nursery.results._bot.waitUntil(lambda: wanted[-1] in came, timeout=20_000)
    assert [text for text in came if text in wanted] == wanted


def test_forgotten_lines_do_not_come_but_what_is_asked_again_does(nursery):
    lines = [nursery.line(f"Hush {number} times, Mia, and sleep.") for number in range(3)]
    for line in lines:
        nursery.voice.render(line)
    nursery.voice.forget()
    assert nursery.of(lines[1]).seconds > 1
    assert lines[0].text not in nursery.results.order


def test_where_nobody_puts_names_in_the_engine_says_the_line(nursery):
    del nursery.voice._children[NAMES]
    assert nursery.of(nursery.line()).rate != RATE


BRITISH, SPANISH = "espeak:gmw/en-GB-x-rp", "espeak:roa/es"
TALK = "“Good night, old moon,” said the fox. “Sleep well up there.”"
TWO = Utterance(TALK, ENGLISH, voiced=(Voiced(0, 23, BRITISH, 0.9, 0.3), Voiced(38, 22, BRITISH, 0.9, 0.3)))


def test_each_voice_says_its_own_in_its_manner_with_a_rest_between():
    parts = parts_of(TWO)
    assert [(part.utterance.text, part.utterance.voice, part.utterance.pitch) for part in parts] == [
        ("Good night, old moon,”", BRITISH, 0.3),
        ("said the fox.", ENGLISH, 0.5),
        ("Sleep well up there.”", BRITISH, 0.3),
    ]
    assert [part.rest for part in parts] == [0.0, AT_A_COMMA, AT_A_STOP]
    assert [part.start for part in parts] == [1, 24, 39]


def test_a_line_of_two_voices_is_one_sound_whose_words_stand_where_they_are_heard(nursery):
    sound = nursery.of(TWO)
    pieces = [nursery.of(part.utterance) for part in parts_of(TWO)]
    assert sound.seconds == pytest.approx(sum(one.seconds for one in pieces) + AT_A_COMMA + AT_A_STOP, abs=0.01)
    words = [TALK[one.start : one.start + one.length] for one in sound.words]
    assert words == [*("Good", "night", "old", "moon"), *("said", "the", "fox"), *("Sleep", "well", "up", "there")]
    times = {word: one.at for word, one in zip(words, sound.words, strict=True)}
    assert times["said"] == pytest.approx(pieces[0].seconds + AT_A_COMMA + pieces[1].words[0].at, abs=0.01)
    assert list(times.values()) == sorted(times.values())


def test_a_line_of_two_voices_is_at_one_level_and_its_joins_are_silent(nursery):
    samples, _ = read(nursery.of(TWO))
    lufs, peak = loudness(samples, RATE)
    assert lufs == pytest.approx(-23, abs=1)
    assert peak <= -3
    own = max(steps(resampled(*read(nursery.of(part.utterance)), RATE)) for part in parts_of(TWO))
    assert steps(samples) <= own * 1.3
    assert len(silences(samples)) >= 2


def test_a_recorded_name_is_heard_in_somebody_else_s_words_too(nursery):
    text = "“Hush, Mia, sleep,” said the fox."
    line = Utterance(
        text, ENGLISH, names=(Named(7, 3, nursery.take, nursery.levels),), voiced=(Voiced(0, 19, BRITISH),)
    )
    assert [(part.utterance.text, part.utterance.voice) for part in parts_of(line)] == [
        ("Hush,", BRITISH), ("Mia", "teller"), ("sleep,”", BRITISH), ("said the fox.", ENGLISH),
    ]
    assert nursery.of(line).seconds > 1


def test_sounds_that_a_family_gave_go_with_the_voice_that_says_them():
    line = Utterance("“Tom,” he said.", ENGLISH, sounds=(Sounds(1, 3, "tɔm"),), voiced=(Voiced(0, 6, BRITISH),))
    first, second = parts_of(line)
    assert (first.utterance.sounds, second.utterance.sounds) == ((Sounds(0, 3, "tɔm"),), ())


def test_a_heading_before_somebody_s_words_is_the_narrator_s():
    head, said = parts_of(Utterance("“Hush.”", ENGLISH, head="One.", voiced=(Voiced(0, 7, BRITISH),)))
    assert (head.utterance.voice, said.utterance.voice, said.rest) == (ENGLISH, BRITISH, AFTER_HEAD)


def test_a_voice_that_is_gone_fails_its_line_and_the_narrator_says_it_alone(nursery):
    line = replace(TWO, voiced=(Voiced(0, 23, "espeak:nobody"),))
    assert nursery.of(line) is None
    assert nursery.of(replace(line, voiced=())).seconds > 1


def test_another_manner_of_the_same_words_is_another_sound(nursery):
    lower = replace(TWO, voiced=tuple(replace(one, pitch=0.1) for one in TWO.voiced))
    assert nursery.of(TWO).path != nursery.of(lower).path


def test_where_nobody_joins_voices_the_narrator_s_engine_says_the_line(nursery):
    del nursery.voice._children[NAMES]
    assert nursery.of(TWO).rate != RATE
