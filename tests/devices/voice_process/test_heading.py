"""A heading is said before its line, and by itself."""

from storytime.core.ports import Sounds, Utterance
from storytime.devices.voice_process import child
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.messages import render_order


class Listening:
    def __init__(self):
        self.asked = []

    def render(self, utterance):
        self.asked.append(utterance)
        return Speech(bytes(2000), 22_050)


def test_what_is_said_of_a_line_s_words_is_not_said_of_its_heading(tmp_path):
    engine = Listening()
    line = Utterance("Mia ran.", "any:voice", head="The Fox", sounds=(Sounds(0, 3, "ˈmiːə"),))
    child._speak(render_order(1, line, tmp_path / "a.wav"), {"any": engine})
    assert [(one.text, one.sounds) for one in engine.asked] == [("Mia ran.", line.sounds), ("The Fox", ())]
