import os
from dataclasses import replace

import pytest

from storytime.core.ports import Utterance, Word
from storytime.devices.voice_cache import SPARED, VoiceCache
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.sound_file import write

LINE = Utterance("Once upon a time", "espeak:gmw/en-US")


def put(cache, utterance, words=()):
    cache.ensure()
    path = cache.path(utterance)
    write(Speech(bytes(200), 22_050, words), path)
    cache.kept(path)
    return path


@pytest.fixture
def cache(tmp_path):
    return VoiceCache(tmp_path / "lines", limit=1000)


def test_a_kept_line_is_found_with_its_length_and_words(cache):
    path = put(cache, LINE, words=(Word(0, 4, 0.25),))
    found = cache.find(LINE)
    assert (found.path, found.frames, found.rate, found.words) == (path, 100, 22_050, (Word(0, 4, 0.25),))


CHANGES = ({"text": "Twice"}, {"voice": "x:y"}, {"rate": 1.1}, {"pitch": 0.6}, {"volume": 0.9})


@pytest.mark.parametrize("change", CHANGES)
def test_everything_that_decides_how_a_line_sounds_is_in_its_name(cache, change):
    put(cache, LINE)
    assert cache.find(replace(LINE, **change)) is None


def test_the_longest_unused_goes_first(cache):
    lines = [replace(LINE, text=text) for text in ("one", "two", "three", "four")]
    for line in lines[:3]:
        put(cache, line)
    cache.find(lines[0])
    for line in lines[3:]:
        put(cache, line)
    put(cache, replace(LINE, text="five"))
    assert [cache.find(line) is not None for line in lines] == [True, False, True, True]


def test_use_is_remembered_from_one_start_to_the_next(cache, tmp_path):
    lines = [replace(LINE, text=text) for text in ("one", "two", "three")]
    for moment, line in enumerate(lines):
        os.utime(put(cache, line), (moment, moment))
    cache.find(lines[0])
    later = VoiceCache(tmp_path / "lines", limit=600)
    put(later, replace(LINE, text="new"))
    assert [later.find(line) is not None for line in lines] == [True, False, False]


def test_a_file_cut_short_by_a_power_cut_is_no_line(cache):
    path = put(cache, LINE)
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.find(LINE) is None
    path.write_bytes(b"")
    assert cache.find(LINE) is None


def test_damaged_word_times_cost_the_times_only(cache):
    path = put(cache, LINE, words=(Word(0, 4, 0.25),))
    path.write_bytes(path.read_bytes()[:-6])
    assert cache.find(LINE).words == ()


def test_half_written_files_of_an_earlier_run_go(cache, tmp_path):
    cache.ensure()
    half = tmp_path / "lines" / "x.wav.77.part"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    put(VoiceCache(tmp_path / "lines"), LINE)
    assert not half.exists()


def test_a_line_that_another_process_is_writing_is_left_to_it(cache, tmp_path):
    put(cache, LINE)
    half = tmp_path / "lines" / "x.wav.77.part"
    half.write_bytes(b"half")
    put(VoiceCache(tmp_path / "lines"), LINE)
    assert half.exists()


def test_what_is_prepared_for_tonight_outlives_any_bound(cache, tmp_path):
    tonight = replace(LINE, text="tonight")
    put(cache, tonight)
    cache.spare(tonight)
    for number in range(20):
        put(cache, replace(LINE, text=f"line {number}"))
    assert cache.find(tonight) is not None
    assert cache.find(replace(LINE, text="line 0")) is None
    assert cache.find(replace(LINE, text="line 19")) is not None


def test_what_is_spared_takes_no_room_from_the_rest(cache):
    lines = [replace(LINE, text=f"tonight {number}") for number in range(12)]
    for line in lines:
        put(cache, line)
        cache.spare(line)
    others = [replace(LINE, text=f"line {number}") for number in range(3)]
    for line in others:
        put(cache, line)
    assert all(cache.find(line) for line in lines + others)


def test_what_another_process_prepared_is_spared_too(cache, tmp_path):
    tonight = replace(LINE, text="tonight")
    put(cache, tonight)
    VoiceCache(tmp_path / "lines").spare(tonight)
    for number in range(20):
        put(cache, replace(LINE, text=f"line {number}"))
    assert cache.find(tonight) is not None


def test_a_prepared_line_that_was_heard_is_still_spared(cache):
    put(cache, LINE)
    cache.spare(LINE)
    cache.find(LINE)
    for number in range(20):
        put(cache, replace(LINE, text=f"line {number}"))
    assert cache.find(LINE) is not None


@pytest.mark.parametrize("ahead", [-3600, 40 * 24 * 3600])
def test_a_night_that_is_over_and_a_date_of_a_mad_clock_spare_nothing(cache, ahead):
    path = put(cache, LINE)
    cache.spare(LINE)
    then = path.stat().st_mtime - SPARED + ahead
    os.utime(path, (then, then))
    for number in range(40):
        put(cache, replace(LINE, text=f"line {number}"))
    assert not path.exists()


def test_a_full_disk_takes_what_was_prepared_last_of_all(cache):
    tonight, other = replace(LINE, text="tonight"), replace(LINE, text="other")
    for line in (tonight, other):
        put(cache, line)
    cache.spare(tonight)
    assert cache.make_room()
    assert (cache.find(tonight) is not None, cache.find(other) is not None) == (True, False)
    assert cache.make_room()
    assert cache.find(tonight) is None
