"""Piper's voices as files: fed as they were trained, calm whatever their own pace, and said to their end."""

import array

import pytest

from storytime.core.ports import Sounds, Utterance
from storytime.devices.voice_process.engine import CannotSay, EngineTrouble, NoSuchVoice
from tests.devices.piper_voices import RATE, make_voice, network

piper = pytest.importorskip("storytime.devices.voice_process.piper", reason="a Mac with Intel has no onnxruntime")

TONE = "piper:en_US-tone-low"


@pytest.fixture
def engine(tmp_path):
    make_voice(tmp_path / "en_US-tone-low")
    return piper.PiperEngine(tmp_path)


@pytest.fixture
def heard(engine, monkeypatch):
    """What the network is given: ids and scales of each call, without the one by which its pace is measured."""
    given = []

    class Session:
        def __init__(self, session):
            self._session = session

        def run(self, names, values):
            given.append(values)
            return self._session.run(names, values)

    load = engine._load

    def loaded(voice):
        found = load(voice)
        if not isinstance(found.session, Session):
            found.session = Session(found.session)
        return found

    monkeypatch.setattr(engine, "_load", loaded)
    return given


def samples(engine, text="Good night.", voice=TONE, **more):
    return array.array("h", engine.render(Utterance(text, voice, **more)).samples)


def test_a_voice_is_offered_by_its_name_and_languages(engine):
    (voice,) = engine.voices()
    assert (voice.id, voice.name, voice.languages, voice.engine) == (TONE, "Tone", ("en-us", "en"), "piper")


def test_a_crowd_is_offered_by_its_speakers_and_each_sounds_otherwise(tmp_path):
    make_voice(tmp_path / "crowd", "de_DE-crowd-low", speakers=30, language="de_DE", espeak="de")
    engine = piper.PiperEngine(tmp_path)
    names = [voice.id for voice in engine.voices()]
    assert names[:2] == ["piper:de_DE-crowd-low#p0", "piper:de_DE-crowd-low#p1"]
    assert len(names) == 24
    assert samples(engine, voice=names[0]) != samples(engine, voice=names[1])
    with pytest.raises(NoSuchVoice):
        samples(engine, voice="piper:de_DE-crowd-low#p99")


def test_the_network_is_fed_begin_and_end_with_padding_between_all_sounds(engine, heard):
    engine.render(Utterance("a b", TONE))
    ids = heard[0]["input"][0].tolist()
    assert ids[:2] == [1, 0]
    assert ids[-1] == 2
    assert set(ids[3:-1:2]) == {0}
    assert heard[0]["input_lengths"].tolist() == [len(ids)]


def test_the_rate_decides_the_length(engine, heard):
    slow, calm = (samples(engine, rate=rate) for rate in (0.5, 1.0))
    assert len(slow) == pytest.approx(2 * len(calm), rel=0.01)
    assert heard[0]["scales"][0] == pytest.approx(0.667)
    assert heard[0]["scales"][2] == pytest.approx(0.8)


def test_a_voice_of_any_own_pace_is_made_calm(tmp_path):
    # Of one network the notes ask for half the length, of the other for one and a half.
    for name, factor in (("en_US-quick-low", 0.7), ("en_US-slow-low", 1.3)):
        make_voice(tmp_path / name, name, inference={"length_scale": factor})
    engine = piper.PiperEngine(tmp_path)
    quick, slow = (len(samples(engine, voice=f"piper:{name}")) for name in ("en_US-quick-low", "en_US-slow-low"))
    assert quick == pytest.approx(slow, rel=0.02)


def test_the_volume_is_a_share_of_the_level(engine):
    assert max(samples(engine, volume=0.5)) == pytest.approx(max(samples(engine)) / 2, abs=2)


def test_a_long_line_is_said_to_its_end_in_pieces_that_the_network_takes(engine, heard):
    engine.render(Utterance(", ".join(["the moon went over the hill"] * 40) + ".", TONE))
    assert len(heard) > 3
    assert all(len(call["input"][0]) < 2 * piper.MOST_SOUNDS + 4 for call in heard)


def test_a_word_without_an_end_is_cut_too(engine):
    assert len(samples(engine, "la" * 500)) > RATE


def test_what_it_has_no_sounds_for_is_refused_at_once(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", phoneme_type="text")
    engine = piper.PiperEngine(tmp_path)
    assert samples(engine, "abc")
    with pytest.raises(CannotSay):
        samples(engine, "你好")


def words_of(speech, text):
    return [text[word.start : word.start + word.length] for word in speech.words]


def test_every_word_has_the_time_that_the_network_gives_it(engine, heard):
    text = "Good night, small moon."
    speech = engine.render(Utterance(text, TONE))
    assert words_of(speech, text) == ["Good", "night", "small", "moon"]
    voice = engine._voices["en_US-tone-low"]
    names = {ids[0]: sound for sound, ids in voice.ids.items()}
    calls = [[names[one] for one in call["input"][0].tolist()] for call in heard]
    count = sum(map(len, calls))
    (said,) = calls
    begins = [2, *(at + 2 for at, sound in enumerate(said) if sound == " ")]
    seconds = len(speech.samples) / 2 / speech.rate
    assert [word.at for word in speech.words] == pytest.approx([at / count * seconds for at in begins])


def test_the_times_go_on_through_a_line_of_many_pieces(engine, heard):
    text = ", ".join(["the moon went over the hill"] * 40) + "."
    speech = engine.render(Utterance(text, TONE))
    assert len(heard) > 3
    assert words_of(speech, text) == text.replace(",", "").rstrip(".").split()
    times = [word.at for word in speech.words]
    assert times == sorted(times)
    assert times[-1] > 0.97 * len(speech.samples) / 2 / speech.rate


def test_a_word_in_sounds_that_a_family_gave_has_its_time_too(engine):
    text = "Then Siobhan slept."
    speech = engine.render(Utterance(text, TONE, sounds=(Sounds(5, 7, "ʃɪˈvɔn"),)))
    assert words_of(speech, text) == ["Then", "Siobhan", "slept"]


def test_a_network_that_tells_no_lengths_speaks_without_times(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", model=network(lengths=False))
    speech = piper.PiperEngine(tmp_path).render(Utterance("Good night.", TONE))
    assert speech.words == ()
    assert len(speech.samples) > RATE


def test_a_voice_that_reads_letters_has_times_too(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", phoneme_type="text")
    text = "good night moon"
    assert words_of(piper.PiperEngine(tmp_path).render(Utterance(text, TONE)), text) == ["good", "night", "moon"]


def test_sounds_that_a_family_gave_reach_the_network(engine, heard):
    engine.render(Utterance("Siobhan.", TONE, sounds=(Sounds(0, 7, "ʃɪˈvɔn"),)))
    voice = engine._voices["en_US-tone-low"]
    names = {ids[0]: sound for sound, ids in voice.ids.items()}
    said = "".join(names[one] for one in heard[0]["input"][0].tolist() if names[one] not in "^_$")
    assert said == "ʃɪvˈɔn"


@pytest.mark.parametrize("ipa", ["ɧɔn", "💥"])
def test_a_word_in_sounds_that_the_network_never_learned_is_said_as_written(engine, heard, ipa):
    engine.render(Utterance("Sean slept.", TONE, sounds=(Sounds(0, 4, ipa),)))
    engine.render(Utterance("Sean slept.", TONE))
    given, plain = (one["input"][0].tolist() for one in heard)
    assert given == plain


def test_a_voice_whose_language_espeak_does_not_know_says_so(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", espeak="klingonese")
    with pytest.raises(EngineTrouble, match="klingonese") as said:
        samples(piper.PiperEngine(tmp_path))
    assert not isinstance(said.value, NoSuchVoice)


def test_a_network_that_cannot_be_loaded_fails_its_own_line(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", model=b"\x08\x08" + b"\x3a\x03abc")
    with pytest.raises(EngineTrouble):
        samples(piper.PiperEngine(tmp_path))


def test_a_network_that_gives_no_numbers_fails_its_own_line(tmp_path):
    make_voice(tmp_path / "en_US-tone-low", model=network(loud=float("nan")))
    with pytest.raises(EngineTrouble):
        samples(piper.PiperEngine(tmp_path))


def test_two_networks_stay_in_memory_and_no_more(tmp_path):
    names = [f"en_US-v{number}-low" for number in range(4)]
    for name in names:
        make_voice(tmp_path / name, name)
    engine = piper.PiperEngine(tmp_path)
    for name in names:
        samples(engine, voice=f"piper:{name}")
    assert list(engine._loaded) == names[-2:]
