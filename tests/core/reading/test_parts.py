"""A line that several say: each piece in its voice and its language, and the narrator's where that fails."""

import pytest

from storytime.core.ports import Stress, Voiced, VoiceInfo
from storytime.core.reading.narrator import Narrator
from storytime.core.shelf.passages import to_paragraph
from storytime.core.shelf.story import Role, Span, StoryCard
from storytime.devices.rehearsal import PretendClock, PretendVoice
from tests.core.reading.bedside import Drawer

HEART = VoiceInfo("n:heart", "Heart", ("en-us", "en"), "n")
BRITISH = VoiceInfo("e:gb", "British", ("en-gb", "en"), "e")
SPANISH = VoiceInfo("e:es", "Spanish", ("es",), "e")
CARD = StoryCard(7, "The Fox", "", "en", 9, 2, 0.1, "")


class Casts:
    """A cast without a library."""

    def __init__(self, **roles):
        self.roles = roles

    def cast(self, _story):
        return self.roles


def tell(text, spans, *, roles=None, line=3, heads=None, only="", stressed=(), **settings):
    voice = PretendVoice(PretendClock(), voices=(HEART, BRITISH, SPANISH))
    narrator = Narrator(voice, Drawer(voice={"en": HEART.id}, **settings), None, Casts(**(roles or {})), only=only)
    (told,) = narrator.candidates(CARD, line, [text], heads or {}, {line: spans}, {line: stressed})
    return told


def pieces(said):
    return [(said.text[one.start : one.start + one.length], one.voice) for one in said.voiced]


def test_a_speaker_says_their_words_and_the_narrator_the_rest():
    text = "“Ten,” said the fox. “Nine.”"
    first, alone, other = tell(text, (Span(0, 6, "Fox"), Span(21, 7, "Fox")), roles={"Fox": Role(BRITISH.id)})
    assert (first.text, first.voice) == (text, HEART.id)
    assert pieces(first) == [("“Ten,”", BRITISH.id), ("“Nine.”", BRITISH.id)]
    assert (alone.text, alone.voice, alone.voiced) == (text, HEART.id, ())
    assert (other.voice, other.voiced) == (BRITISH.id, ())


def test_a_speaker_may_be_the_narrator_at_another_pitch_and_pace():
    first, *_ = tell("“Ten,” said the fox.", (Span(0, 6, "Fox"),), roles={"Fox": Role("", 0.25, 0.9)},
        voice_pitch={HEART.id: 0.6}, voice_rate={HEART.id: 0.8})
    assert first.voiced == (Voiced(0, 6, HEART.id, 0.72, 0.35),)


def test_a_name_before_a_speech_is_not_said_where_the_voice_says_who_it_is():
    spans = (Span(5, 8, "Fox"),)
    first, alone, _ = tell("Fox: “Hush.”", spans, roles={"Fox": Role(BRITISH.id)})
    assert (first.text, first.voice, first.voiced) == ("“Hush.”", BRITISH.id, ())
    assert alone.text == "Fox: “Hush.”"
    assert [one.text for one in tell("Fox: “Hush.”", spans)] == ["Fox: “Hush.”"] * 2


def test_a_speaker_whose_voice_is_not_here_is_the_narrator_s():
    told = tell("“Ten,” said the fox.", (Span(0, 6, "Fox"),), roles={"Fox": Role("e:gone")})
    assert told[0].voiced == ()
    assert told[0].voice == HEART.id


def test_where_nothing_would_say_who_speaks_the_name_before_a_speech_is_said():
    spans = (Span(5, 8, "Fox"),)
    assert tell("Fox: “Hush.”", spans, roles={"Fox": Role("e:gone")})[0].text == "Fox: “Hush.”"
    assert tell("Fox: “Hush.”", spans, roles={"Fox": Role(BRITISH.id)}, only=HEART.id)[0].text == "Fox: “Hush.”"
    assert tell("Fox: “Hush.”", spans, roles={"Fox": Role("e:gone", 0.25)})[0].text == "“Hush.”"


def test_a_piece_in_another_language_is_said_by_who_reads_that_and_by_its_rules():
    text = "She said 3 times “3 besos” to him."
    first, *_ = tell(text, (Span(17, 9, "", "es"),))
    assert first.text == "She said three times “tres besos” to him."
    assert pieces(first) == [("“tres besos”", SPANISH.id)]


def test_a_speaker_whose_voice_knows_no_spanish_says_it_in_one_that_does():
    first, *_ = tell("“Hola,” said the fox.", (Span(0, 7, "Fox", "es"),), roles={"Fox": Role(BRITISH.id, 0.75)})
    assert first.voiced == (Voiced(0, 7, SPANISH.id, 1.0, 0.75),)


def test_marks_between_two_pieces_go_with_the_words_before_them():
    first, *_ = tell("She sang “hola”!", (Span(10, 4, "", "es"),))
    assert first.text == "She sang “hola”!"
    assert pieces(first) == [("hola”!", SPANISH.id)]


def test_a_heading_is_the_narrator_s_also_before_somebody_s_words():
    first, *_ = tell("“Ten.”", (Span(0, 6, "Fox"),), roles={"Fox": Role(BRITISH.id)}, heads={3: "One"})
    assert (first.head, first.voice, pieces(first)) == ("One.", HEART.id, [("“Ten.”", BRITISH.id)])


def test_one_voice_that_was_asked_for_reads_everybody_each_at_their_pitch():
    first, *_ = tell("“Ten,” he said.", (Span(0, 6, "Fox"),), roles={"Fox": Role(BRITISH.id, 0.25)}, only=HEART.id)
    assert first.voiced == (Voiced(0, 6, HEART.id, 1.0, 0.25),)


@pytest.mark.parametrize("text", ["“Ten,” said the fox. “Nine,” he said.", "Fox: “Hush.” He slept. “I do.”"])
def test_no_word_is_lost_or_said_twice(text):
    lines = to_paragraph(text, spans=(Span(text.index("“"), 6, "Fox"),)).lines
    for line in lines:
        first, *_ = tell(line.text, line.spans, roles={"Fox": Role(BRITISH.id)})
        assert first.text == line.text.removeprefix("Fox: ")


def test_what_is_stressed_is_stressed_whoever_says_it():
    text = "Fox: “I had not 3,” said he. Not even 3."
    stressed = tuple(Stress(text.index(word), len(word)) for word in ("not 3", "even 3"))
    told = tell(text, (Span(5, 14, "Fox"),), roles={"Fox": Role(BRITISH.id)}, stressed=stressed)
    loud = [[one.text[each.start : each.end] for each in one.stressed] for one in told]
    assert loud == [["not three", "even three"]] * 3
    assert told[0].text == "“I had not three,” said he. Not even three."


def test_a_heading_is_not_stressed_for_the_line_after_it():
    first, *_ = tell("No, not now.", (), stressed=(Stress(4, 3),), heads={3: "One"})
    assert (first.head, first.stressed) == ("One.", (Stress(4, 3),))


def test_a_story_nobody_speaks_in_is_told_as_ever():
    assert [one.voiced for one in tell("“Ten,” said the fox.", ())] == [(), ()]
