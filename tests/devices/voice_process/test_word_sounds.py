"""Which sounds are which word's, also where words run together."""

from storytime.devices.voice_process.word_sounds import MARK, marked

ALONE = {
    "It": "ɪt", "had": "hæd", "been": "bɪn", "in": "ɪn", "the": "ðə", "wind": "wˈɪnd", "lamp": "lˈæmp", "lit": "lˈɪt",
}


def test_a_group_of_sounds_is_a_word():
    assert marked("It had been", "ɪt hæd bɪn.", ALONE.get) == (
        f"{MARK}ɪt {MARK}hæd {MARK}bɪn.", [(0, 2), (3, 3), (7, 4)])


def test_words_that_run_together_are_found_by_what_they_sound_like_alone():
    said, words = marked("It had been in the wind", "ɪt hɐdbɪn ɪnðə wˈɪnd", ALONE.get)
    assert words == [(0, 2), (3, 3), (7, 4), (12, 2), (15, 3), (19, 4)]
    assert said == f"{MARK}ɪt {MARK}hɐd{MARK}bɪn {MARK}ɪn{MARK}ðə {MARK}wˈɪnd"


def test_a_word_that_is_not_to_be_found_has_no_mark():
    said, words = marked("It lit the lamp", "ɪt ðə lˈæmp", {**ALONE, "lit": "ʒʒ"}.get)
    assert (said, words) == (f"{MARK}ɪt {MARK}ðə {MARK}lˈæmp", [(0, 2), (7, 3), (11, 4)])


def test_of_marks_alone_nothing_is_a_word():
    assert marked("—", ",", ALONE.get) == (",", [])
