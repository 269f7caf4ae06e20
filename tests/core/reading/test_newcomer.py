"""A voice that is added is heard once before it counts; one that cannot speak is sent away, and nothing of it stays."""

import pytest

from storytime.core.errors import CannotAddVoice
from storytime.core.paths import Paths
from storytime.core.ports import VoiceInfo
from storytime.core.reading.newcomer import Newcomer
from storytime.core.reading.voice_files import VoiceFiles
from storytime.devices.rehearsal import PretendClock, PretendVoice
from storytime.devices.rehearsal.room import PretendBackground
from storytime.devices.rehearsal.voice import estimated_seconds
from tests.devices.piper_voices import make_voice


class Machine(PretendVoice):
    """Lists whatever is in the folder when it is told to look again."""

    def __init__(self, clock, files, seconds=estimated_seconds, blind=False):
        super().__init__(clock, seconds, voices=(VoiceInfo("e:gb", "British", ("en",), "e"),))
        self.files, self.blind = files, blind

    def look_again(self):
        found = [] if self.blind else [info for voice in self.files.all() for info in voice.infos()]
        self._voices = (self._voices[0], *found)


class Hall:
    def __init__(self, home, **more):
        self.clock, self.files = PretendClock(), VoiceFiles(Paths(home))
        self.voice = Machine(self.clock, self.files, **more)
        self.newcomer = Newcomer(self.files, self.voice, PretendBackground())
        self.added, self.refused = [], []
        self.newcomer.added.connect(self.added.append)
        self.newcomer.refused.connect(self.refused.append)

    def bring(self, path):
        self.newcomer.bring(path)
        self.clock.advance(5)
        return self


@pytest.fixture
def hall(tmp_path):
    return lambda **more: Hall(tmp_path / "home", **more)


def refuse_piper(utterance):
    if utterance.voice.startswith("piper:"):
        raise ValueError("the voice gave no sound")
    return 1.0


def test_a_voice_is_added_when_it_has_said_a_line(hall, tmp_path):
    hall = hall().bring(make_voice(tmp_path / "made", "de_DE-eva-low", language="de_DE"))
    ((voice,),) = hall.added
    assert voice.id == "de_DE-eva-low"
    assert [asked.text for asked in hall.voice.asked] == ["Gute Nacht. Bis morgen früh."]
    assert [one.id for one in hall.voice.voices()] == ["e:gb", "piper:de_DE-eva-low"]


def test_one_that_cannot_speak_is_sent_away(hall, tmp_path):
    hall = hall(seconds=refuse_piper).bring(make_voice(tmp_path / "made"))
    (error,) = hall.refused
    assert isinstance(error, CannotAddVoice)
    assert "could not speak a line" in str(error)
    assert hall.added == hall.files.all() == []
    assert [one.id for one in hall.voice.voices()] == ["e:gb"]


def test_where_no_network_can_run_it_is_sent_away(hall, tmp_path):
    hall = hall(blind=True).bring(make_voice(tmp_path / "made"))
    assert "onnxruntime" in str(hall.refused[0])
    assert hall.files.all() == []


def test_what_is_no_voice_is_refused_and_the_next_may_come(hall, tmp_path):
    hall = hall().bring(tmp_path / "nowhere.onnx")
    assert len(hall.refused) == 1
    hall.bring(make_voice(tmp_path / "made"))
    assert len(hall.added) == 1


def test_of_several_each_is_heard(hall, tmp_path):
    for name in ("en_US-one-low", "en_US-two-low"):
        make_voice(tmp_path / "made", name)
    hall = hall().bring(tmp_path / "made")
    assert [asked.voice for asked in hall.voice.asked] == ["piper:en_US-one-low", "piper:en_US-two-low"]
    assert len(hall.added[0]) == 2


def test_what_is_brought_while_another_is_tried_has_its_turn(hall, tmp_path):
    hall = hall()
    for name in ("en_US-one-low", "de_DE-two-low"):
        hall.newcomer.bring(make_voice(tmp_path / name, name))
    assert hall.newcomer.busy
    hall.clock.advance(5)
    assert [voice.id for (voice,) in hall.added] == ["en_US-one-low", "de_DE-two-low"]
    assert not hall.newcomer.busy


def test_after_one_that_is_refused_no_other_is_tried_so_that_the_reason_stays(hall, tmp_path):
    hall = hall(seconds=refuse_piper)
    hall.newcomer.bring(make_voice(tmp_path / "one"))
    hall.newcomer.bring(make_voice(tmp_path / "two", "en_US-two-low"))
    hall.clock.advance(5)
    assert len(hall.refused) == 1
    assert hall.added == hall.files.all() == []
    assert not hall.newcomer.busy


def test_a_voice_that_was_there_before_is_not_sent_away_with_a_bad_one(hall, tmp_path):
    hall = hall()
    model = make_voice(tmp_path / "made")
    hall.bring(model).bring(model)
    assert "already" in str(hall.refused[0])
    assert len(hall.files.all()) == 1
