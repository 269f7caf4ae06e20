"""What is said of a line, and that the line which is shown stays the one that was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storytime.core.ports import Named, Stress, Word
from storytime.core.reading.numbers import roman
from storytime.core.reading.spoken import spoken
from storytime.core.reading.word_places import places


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "He had 12 and 1,250 sheep.", "He had twelve and one thousand two hundred and fifty sheep."),
        ("en", "In 1984, on the 3rd of May.", "In nineteen eighty-four, on the third of May."),
        ("en", "At 7:30 pm, not 7:05.", "At seven thirty p.m., not seven oh five."),
        ("en", "It cost $9.99, or £3.", "It cost nine dollars ninety-nine cents, or three pounds."),
        ("en", "It cost $3 million, not £1,000.", "It cost three million dollars, not one thousand pounds."),
        ("en", "It was -5, then −2.5 outside (-1).",
            "It was minus five, then minus two point five outside (minus one)."),
        ("de", "Draußen waren es -5 Grad.", "Draußen waren es minus fünf Grad."),
        ("en", "Pages 3-5, a well-5 and 2–4.", "Pages 3-5, a well-five and 2–4."),
        ("en", "Henry VIII read Chapter IV, and I slept.", "Henry the eighth read Chapter four, and I slept."),
        ("en", "Mr. Fox met Dr. Owl etc.", "Mister Fox met Doctor Owl et cetera."),
        ("en", "3.5 miles, 50% uphill", "three point five miles, fifty percent uphill"),
        ("de", "Um 19:45 Uhr, am 3. Mai.", "Um neunzehn Uhr fünfundvierzig, am dritten Mai."),
        ("de", "Ludwig XIV. und z. B. 3,50 €.", "Ludwig der Vierzehnte und zum Beispiel drei Euro und fünfzig Cent."),
        ("es", "A las 7:30 leyó el capítulo IV.", "A las siete y treinta leyó el capítulo cuatro."),
        ("es", "El Sr. Gato y Felipe II", "El señor Gato y Felipe segundo"),
        ("fr", "À 19h45, M. Loup", "À dix-neuf heures quarante-cinq, monsieur Loup"),
        ("it", "Aveva 21 anni.", "Aveva ventuno anni."),
        ("it", "Costa 5 €.", "Costa cinque euro."),
        ("nl", "Het kost € 5.", "Het kost vijf euro."),
        ("en", "World War II was over.", "World War two was over."),
        ("de", "1. Kapitel", "erstes Kapitel"),
        ("de", "Am Ende. 3. Tag: das 1. Mal, der 2. Stock.",
            "Am Ende. dritter Tag: das erste Mal, der zweite Stock."),
    ],
)
def test_figures_and_short_forms_are_said_as_people_say_them(language, written, said):
    assert spoken(written, language).text == said


@pytest.mark.parametrize("written", ["Call 555-1234.", "Agent 007 slept.", "I did.", "The year 12345678901234567890."])
def test_what_is_no_number_of_things_is_left_to_the_voice(written):
    assert spoken(written, "en").text == written


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("“STOP!” said the BEAR.", "“Stop!” said the Bear."),
        ("I AM NOT TIRED.", "I Am Not Tired."),
        ("The TV was off.", "The TV was off."),
    ],
)
def test_capitals_are_not_spelled_unless_people_do(written, said):
    assert spoken(written, "en").text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Good night[3], moon¹.", "Good night, moon."),
        ("Sleep 😀 well ❤️.", "Sleep  well ."),
        ("See www.example.org/a?b for more.", "See  for more."),
        ("— 12 —", ""),
        ("xiv", "xiv"),
    ],
)
def test_marks_addresses_pictures_and_page_numbers_are_not_read(written, said):
    assert spoken(written, "en").text == said


def test_a_name_is_said_as_the_family_says_it():
    said = spoken("Siobhan’s dog met siobhan and Siobhanna.", "en", {"Siobhan": "shiv-awn"}).text
    assert said == "shiv-awn’s dog met shiv-awn and Siobhanna."


def test_a_dot_that_ends_the_sentence_still_ends_it():
    assert spoken("Apples, pears, etc.", "en").text.endswith("et cetera.")
    assert spoken("Apples etc. were there.", "en").text == "Apples et cetera were there."


def test_a_heard_word_is_shown_where_it_was_written():
    line = "Mr. Fox had 12 red apples."
    said = spoken(line, "en").text
    words = [Word(said.index(word), len(word), at) for at, word in enumerate(said.split())]
    assert [line[one.begin : one.end] for one in places(words, said, line)] == [
        "Mr", "Fox", "had", "12", "red", "apples"
    ]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80), st.sampled_from(["en", "de", "es", "fr", "xx"]))
def test_any_line_can_be_said_and_every_piece_leads_back_into_it(line, language):
    said = spoken(line, language)
    assert "".join(said.text[begin:end] for begin, end, _, _ in said.pieces) == said.text
    ends = [piece[2:] for piece in said.pieces]
    assert ends == sorted(ends)
    assert all(0 <= begin <= end <= len(line) for begin, end in ends)


@pytest.mark.parametrize(
    ("written", "stressed"),
    [
        ("He had *12* geese, not 13.", ["twelve"]),
        ("It came at *7:30 pm*, I said.", ["seven thirty p.m."]),
        ("“I *NEVER* did,”  said *Mr. Fox* [3].", ["Never", "Mister Fox"]),
        ("Good  night, *Siobhan*’s owl.", ["shiv-awn"]),
        ("See *www.example.org* and *sleep*.", ["sleep"]),
        ("*1984* was *so  long* ago…", ["nineteen eighty-four", "so long"]),
    ],
)
def test_what_is_stressed_is_stressed_in_the_words_that_are_said_for_it(written, stressed):
    places, line = [], ""
    for number, piece in enumerate(written.split("*")):
        places += [Stress(len(line), len(piece))] if number % 2 else []
        line += piece
    said = spoken(line, "en", {"Siobhan": "shiv-awn"}, stressed=places).on_one_line()
    assert [said.text[one.start : one.end] for one in said.stressed] == stressed
    assert said.text == " ".join(spoken(line, "en", {"Siobhan": "shiv-awn"}).text.split())


@given(
    st.text(st.sampled_from("abI 1.,:%$£3XV—é’”[]*\n"), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4),
)
def test_whatever_is_stressed_the_words_are_the_same_and_the_stress_lies_on_them(line, places):
    stressed = [Stress(start, min(length, len(line) - start)) for start, length in sorted(places) if start < len(line)]
    said = spoken(line, "en", stressed=stressed).on_one_line()
    assert said.text == spoken(line, "en").on_one_line().text
    for one in said.stressed:
        words = said.text[one.start : one.end]
        assert len(words) == one.length > 0
        assert words == words.strip()


def test_a_recorded_name_that_is_stressed_is_still_the_recording():
    text = "Good night, Mia."
    name = Named(12, 3, None, None)
    said = spoken(text, "en", names=[name], stressed=[Stress(12, 3)])
    assert (said.names, said.stressed) == ((name,), (Stress(12, 3),))


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_back(number):
    letters, left = "", number
    for worth, letter in [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        letters += letter * (left // worth)
        left %= worth
    assert roman(letters) == number


@pytest.mark.parametrize("letters", ["", "IIII", "VX", "ABC", "i"])
def test_what_is_no_roman_number_is_none(letters):
    assert roman(letters) == 0
