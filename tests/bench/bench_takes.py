"""How fast the takes of a story are listed, and found for the lines that come next, in a short book and in a long one.

Run with: pytest -m bench -s tests/bench/bench_takes.py. It prints figures and never fails by time.
"""

import statistics
import time

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph
from storytime.core.shelf.takes import WORDLESS, Levels, Take, Takes, now
from storytime.core.shelf.tellers import Tellers

pytestmark = pytest.mark.bench

TAKES = 300
BLOCK = 16
AGAIN = 60


@pytest.fixture
def home(tmp_path):
    library = open_library(Paths(tmp_path / "home"))
    yield library, Shelf(library, library.paths), Takes(library, library.paths), Tellers(library).welcome("Mother")
    library.close()


def story(shelf, lines):
    text = " ".join(f"The moon rose over hill number {number} and slept." for number in range(lines))
    return shelf.card(shelf.add(Manuscript(f"Of {lines} lines", to_chapters([("", [text])]))).id)


def tale(shelf, pieces):
    line = Line(WORDLESS, "", 0.5)
    text = (Chapter("", tuple(Paragraph((line,)) for _ in range(pieces))),)
    return shelf.card(shelf.add(Manuscript(f"A tale of {pieces}", text)).id)


def texts_of(home, card):
    return [line.text for line in home[1].lines(card.id)]


def record(home, card, numbers, texts):
    _, _, takes, mother = home
    levels = Levels(-21.3, -4.2, -22.0, -61.0, 0, 0.4, 3.6)
    rows = []
    for number in numbers:
        place = (card.id, number, card.title, texts[number], "line", f"{card.id}-{number:06}.flac")
        rows.append(Take(0, mother.id, *place, now(), 192_000, 48_000, levels))
    takes.keep_all(rows)


def seconds_of(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def middle(call):
    return statistics.median(seconds_of(call) for _ in range(AGAIN)) * 1000


def test_three_hundred_takes_on_one_page(home):
    _, shelf, takes, _ = home
    card = story(shelf, TAKES)
    texts = texts_of(home, card)
    record(home, card, range(TAKES), texts)
    listed = middle(lambda: takes.of_story(card.id, texts))
    found = middle(lambda: takes.of_lines(card.id, 0, texts))
    print(f"\n{TAKES} takes listed: {listed:.1f} ms; found for their lines: {found:.1f} ms (bar: 50 ms)")
    shelf.edit(card.id, text="Nothing of this was ever read.")
    stale = middle(lambda: takes.of_story(card.id, texts_of(home, card)))
    print(f"{TAKES} stale takes listed: {stale:.1f} ms")


def test_the_next_lines_of_a_long_book(home):
    _, shelf, takes, _ = home
    times, kept = {}, {}
    for lines in (500, 110_000):
        card = story(shelf, lines)
        last = lines - BLOCK
        texts = texts_of(home, card)
        kept[lines] = statistics.median(
            seconds_of(lambda card=card, texts=texts, number=number: record(home, card, [number], texts))
            for number in range(last, lines)
        )
        times[lines] = middle(lambda card=card, last=last, texts=texts: takes.of_lines(card.id, last, texts[last:]))
    ratio = times[110_000] / times[500]
    print(f"\ntakes of the last {BLOCK} lines of a million words: {times[110_000]:.2f} ms, {ratio:.2f} × of 5,000")
    print(f"a row kept in a million words: {kept[110_000] * 1000:.1f} ms; in 5,000 words {kept[500] * 1000:.1f} ms")


def test_the_next_pieces_of_a_long_tale(home):
    _, shelf, takes, _ = home
    times = {}
    for pieces in (50, 2000):
        card = tale(shelf, pieces)
        record(home, card, range(pieces), [WORDLESS] * pieces)
        last = pieces - BLOCK
        times[pieces] = middle(lambda card=card, last=last: takes.of_lines(card.id, last, [WORDLESS] * BLOCK))
    ratio = times[2000] / times[50]
    print(f"\ntakes of the last {BLOCK} of 2000 pieces: {times[2000]:.2f} ms, {ratio:.2f} × of 50 pieces")
