import pytest

from storytime.core.shelf.passages import to_paragraph

CASES = {
    "a title": ("en", "Mr. Fox met Dr. Owl. | They bowed."),
    "initials": ("en", "J. R. R. Tolkien wrote it. | She read it."),
    "the word I": ("en", "It was I. | She knew."),
    "a said-tag after a question": ("en", "“Are you awake?” whispered Mia. | “No,” said Tom."),
    "a said-tag that begins with a name": ("en", "“Come here!” Grandmother said. | The cat came."),
    "a said-tag of two words": ("en", "“Is it far?” the small bear asked. | It was."),
    "a said-tag that begins with a title": ("en", "“Far!” Mr. and Mrs. Fox exclaimed. | “No!” | Tom left. | He sat."),
    "a beat that is no said-tag": ("en", "“I am here.” | Tom smiled."),
    "a speech of several sentences": ("en", "“I know. | I saw it! | Goodnight,” said Mia."),
    "straight quotes": ("en", '"Are you awake?" she asked. | "Yes." | "Good."'),
    "single quotes": ("en", "‘Hush!’ said the wind. | ‘Why?’ | Nobody knew."),
    "three dots that go on": ("en", "And then... it was gone. | The end."),
    "three dots that end": ("en", "She waited… | Nothing came."),
    "three dots before I": ("en", "Well... I do not know."),
    "a number": ("en", "It was 3.5 miles. | They walked."),
    "a time": ("en", "At 7.30 p.m. the bell rang. | It was 8 p.m. | The moon rose."),
    "no as a word": ("en", "“Is it late?” | No. | It was early."),
    "no as a number": ("en", "They lived at No. 5 by the sea. | It was small."),
    "latin": ("en", "Bring a toy, e.g. a bear. | Or nothing."),
    "a country": ("en", "The U.S. Army band played. | We slept."),
    "a splash": ("en", "Splash! went the frog. | Silence."),
    "question and exclamation": ("en", "What?! | You too?"),
    "brackets": ("en", "(He laughed.) | She did not."),
    "spanish": ("es", "—¿Estás despierto? —preguntó Ana—. | Yo sí. | ¡Hola! | ¿Qué tal?"),
    "spanish titles": ("es", "La Sra. Luna y el Sr. Sol hablaron. | Fue de noche."),
    "german": ("de", "„Bist du wach?“, fragte Mia. | „Ja. | Komm!“ | Am 3. Mai schlief alles."),
    "german short words": ("de", "Da war z. B. ein Fuchs. | Und ein Dr. Bär."),
    "guillemets": ("de", "»Nein!«, rief er. | »Doch.« | Sie ging."),
    "french": ("fr", "« Tu dors ? » demanda-t-elle. | Non."),
    "a list": ("en", "1. Wash your hands. | 2. Sleep."),
}


@pytest.mark.parametrize(("language", "marked"), CASES.values(), ids=CASES.keys())
def test_a_line_is_one_sentence_with_its_said_tag(language, marked):
    lines = to_paragraph(marked.replace(" | ", " "), language).lines
    assert " | ".join(line.text for line in lines) == marked
