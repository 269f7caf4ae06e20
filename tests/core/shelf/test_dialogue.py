"""Who speaks, as the story's own words say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storytime.core.shelf.casting import Casting
from storytime.core.shelf.dialogue import proposed, speeches
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Role
from tests.core.shelf.conftest import manuscript


def who(text, language="en"):
    return [(text[one.begin : one.end], one.speaker) for one in speeches(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Twelve,” said the fox.", [("“Twelve,”", "Fox")]),
        ("“Twelve,” said the old fox, more softly.", [("“Twelve,”", "Old fox")]),
        ("“Who?” asked Mia.", [("“Who?”", "Mia")]),
        ("“Hush,” whispered Grandfather Owl to the moon.", [("“Hush,”", "Grandfather Owl")]),
        ("“Hush,” the fox said quietly.", [("“Hush,”", "Fox")]),
        ("“Hush,” Mia whispered.", [("“Hush,”", "Mia")]),
        ("Then the owl said, “Hush.”", [("“Hush.”", "Owl")]),
        ("Mia’s mother said: “Hush.”", [("“Hush.”", "Mia’s mother")]),
        ('"Hush," said Mr. Tilly.', [('"Hush,"', "Mr. Tilly")]),
        ("“And that’s me,” said Mia’s voice.", [("“And that’s me,”", "Mia")]),
        ("‘Don’t,’ said the mouse.", [("‘Don’t,’", "Mouse")]),
        ("“Ten,” said the fox. “Nine.”", [("“Ten,”", "Fox"), ("“Nine.”", "Fox")]),
        ("“Hm.” He looked up. “Who is it?” asked Mia.", [("“Hm.”", "Mia"), ("“Who is it?”", "Mia")]),
        ("“Ten,” said the fox, and the owl said, “Why?”", [("“Ten,”", "Fox"), ("“Why?”", "Owl")]),
        ("“Look,” said Mia, at a sign that said “open”.", [("“Look,”", "Mia"), ("“open”", "")]),
        ("“Hush,” she said.", [("“Hush,”", "")]),
        ("“Hush,” said Mia and Tom.", [("“Hush,”", "")]),
        ("The fox and the owl said, “Hush.”", [("“Hush.”", "")]),
        ("The sign said “Closed”.", [("“Closed”", "")]),
        ("“Hush,” said nobody at all.", [("“Hush,”", "")]),
    ],
)
def test_english_tags_say_who_speaks(text, expected):
    assert who(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("—¿Quién eres? —preguntó la luna—. Yo soy la luna.",
            [("¿Quién eres?", "Luna"), (". Yo soy la luna.", "Luna")]),
        ("—Hola —dijo Mía.", [("Hola", "Mía")]),
        ("—Hola.", [("Hola.", "")]),
        ("«Hola», dijo el globo rojo.", [("«Hola»", "Globo rojo")]),
    ],
)
def test_spanish_tags_say_who_speaks(text, expected):
    assert who(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Gute Nacht“, sagte der kleine Stern.", [("„Gute Nacht“", "Stern")]),
        ("„Wer bist du?“, fragte Mia. „Ich bin Mia.“", [("„Wer bist du?“", "Mia"), ("„Ich bin Mia.“", "Mia")]),
        ("„Ja“, brummte der Große Bär.", [("„Ja“", "Große Bär")]),
        ("Der Mond sagte: „Schlaf.“", [("„Schlaf.“", "Mond")]),
    ],
)
def test_german_tags_say_who_speaks(text, expected):
    assert who(text, "de") == expected


def test_a_speech_that_goes_on_in_the_next_paragraph_is_the_same_one_s():
    chapters = to_chapters([("", ["“Once,” said the owl, “there was a mouse.", "“It was small.”", "“Oh.”"])])
    assert [spans[0].speaker for spans in proposed(chapters, "en").values()] == ["Owl", "Owl"]


def test_the_old_owl_is_the_owl_where_there_is_one_only():
    one = to_chapters([("", ["“A,” said the old owl.", "“B,” said the owl."])])
    assert {span.speaker for spans in proposed(one, "en").values() for span in spans} == {"Owl"}
    two = to_chapters([("", ["“A,” said the old owl.", "“B,” said the owl.", "“C,” said the young owl."])])
    assert len({span.speaker for spans in proposed(two, "en").values() for span in spans}) == 3


@given(st.text(alphabet="ab AM.,!?“”„«»‘’\"—\n said the", max_size=120), st.sampled_from(["en", "es", "de", "fi", ""]))
def test_any_text_is_looked_through_and_every_span_lies_within_its_line(text, language):
    chapters = to_chapters([("", text.split("\n")), ("", [text])])
    lines = [line for chapter in chapters for line in chapter.lines()]
    for number, spans in proposed(chapters, language).items():
        ends = [0, *(span.end for span in spans)]
        assert all(before <= span.start < span.end for before, span in zip(ends, spans, strict=False))
        assert ends[-1] <= len(lines[number].text)


TALE = "“Ten,” said the fox. “Nine.”\n\n“Why?” asked Mia.\n\n**Not marked.**"


@pytest.fixture
def casting(library):
    return Casting(library)


def test_what_the_words_say_is_marked_when_a_parent_accepts_it_and_taken_back_again(shelf, casting):
    there = shelf.add(manuscript(text=TALE)).id
    assert casting.speakers(there, "en").proposed == {"Fox": 2, "Mia": 1}
    was = casting.accept(there, "en")
    now = casting.speakers(there, "en")
    assert (was, now.lines, now.proposed, now.accepted) == ({}, {"Fox": 2, "Mia": 1}, {}, True)
    accepted = casting.clear(there, "en")
    assert casting.marks(there) == {}
    casting.mark(there, accepted)
    assert casting.speakers(there, "en").lines == {"Fox": 2, "Mia": 1}


def test_what_was_marked_by_hand_is_neither_changed_nor_taken_back(shelf, casting):
    there = shelf.add(manuscript(text=TALE)).id
    shelf.edit(there, text=shelf.text(there).replace("“Ten,”", "[“Ten,”]{Hedgehog}"))
    hand = casting.marks(there)
    casting.accept(there, "en")
    assert casting.marks(there).items() >= hand.items()
    casting.clear(there, "en")
    assert casting.marks(there) == hand


def test_a_speaker_who_sounds_like_the_rest_is_not_in_the_cast(shelf, casting):
    there = shelf.add(manuscript(text=TALE)).id
    casting.give(there, "Fox", Role("e:gb", 0.25))
    assert casting.cast(there) == {"Fox": Role("e:gb", 0.25)}
    casting.give(there, "Fox", Role())
    assert casting.cast(there) == {}


def test_a_speaker_is_heard_with_words_of_their_own(shelf, casting):
    there = shelf.add(manuscript(text=TALE)).id
    assert casting.sample(there, "en", "Mia") == (2, "“Why?”")
    assert casting.sample(there, "en", "Nobody") is None
