import array
import itertools
import os
import subprocess
import sys

import pytest

from storytime.core.ports import Utterance
from storytime.devices.voice_process.engine import CannotSay, NoSuchVoice
from storytime.devices.voice_process.sound_file import trimmed

neural = pytest.importorskip("storytime.devices.voice_process.neural", reason="a Mac with Intel has no onnxruntime")

pytestmark = pytest.mark.real
HEART = "hibari:heart"
LINE = "“Sleep well, ships,” she said, and turned the little brass key."


@pytest.fixture(scope="module")
def engine():
    return neural.NeuralEngine()


def seconds(speech):
    return len(speech.samples) / 2 / speech.rate


def test_one_voice_is_offered_and_no_other_can_be_fetched(engine):
    assert [voice.id for voice in engine.voices()] == [HEART]
    with pytest.raises(NoSuchVoice):
        engine.render(Utterance("Hello.", "hibari:emma"))
    with pytest.raises(NoSuchVoice):
        neural.voices.download("there", "here", "hash")


def test_a_line_always_sounds_the_same(engine):
    assert engine.render(Utterance(LINE, HEART)).samples == engine.render(Utterance(LINE, HEART)).samples


def test_the_pace_follows_the_rate(engine):
    slow, calm = (trimmed(engine.render(Utterance(LINE, HEART, rate))) for rate in (0.8, 1.0))
    assert 1.1 < seconds(slow) / seconds(calm) < 1.4


def test_the_volume_is_a_share_of_the_level(engine):
    loud, soft = (array.array("h", engine.render(Utterance(LINE, HEART, volume=v)).samples) for v in (1.0, 0.5))
    assert max(soft) == pytest.approx(max(loud) / 2, abs=1)


def test_every_word_has_its_time_in_order(engine):
    speech = engine.render(Utterance(LINE, HEART))
    heard = [LINE[word.start : word.start + word.length] for word in speech.words]
    assert heard == ["Sleep", "well", "ships", "she", "said", "and", "turned", "the", "little", "brass", "key"]
    assert all(one.at < next.at for one, next in itertools.pairwise(speech.words))
    assert speech.words[-1].at < seconds(speech)


def test_a_word_with_a_printed_apostrophe_has_its_time_too(engine):
    line = "It doesn’t matter, said Grandmother’s cat; you’ll see."
    heard = [line[word.start : word.start + word.length] for word in engine.render(Utterance(line, HEART)).words]
    assert heard == ["It", "doesn’t", "matter", "said", "Grandmother’s", "cat", "you’ll", "see"]


def test_a_line_longer_than_the_network_takes_is_said_to_its_end(engine):
    text = ", ".join(f"the {number} sheep went over the hill" for number in ("first", "second", "third") * 12) + "."
    speech = engine.render(Utterance(text, HEART))
    assert len(speech.words) > 0.9 * len(text.split())
    assert speech.words[-1].start > len(text) - 10


def test_a_word_without_an_end_is_said_too(engine):
    assert seconds(engine.render(Utterance("la" * 600, HEART))) > 2


def test_letters_that_it_does_not_know_are_refused_at_once(engine):
    with pytest.raises(CannotSay):
        engine.render(Utterance("你好", HEART))


def test_a_network_that_tells_no_lengths_still_speaks(monkeypatch):
    monkeypatch.setattr(neural, "DURATIONS", "/no/such/value")
    speech = neural.NeuralEngine().render(Utterance(LINE, HEART))
    assert speech.words == ()
    assert seconds(speech) > 3


def test_nothing_leaves_the_house_and_nothing_is_written_to_leave_it(tmp_path):
    """onnxruntime counts its users unless it is told not to, and never where CI is set."""
    code = "from storytime.devices.voice_process.neural import NeuralEngine; NeuralEngine()"
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA", "TEMP"), str(tmp_path))
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")} | places
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert list(tmp_path.iterdir()) == []
