"""How fast the shelf takes stories in, finds them as words are typed, and opens a long one in the middle.

Run with: pytest -m bench -s tests/bench/bench_shelf.py. It prints figures and never fails by time.
"""

import random
import statistics
import time

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.story import Manuscript

pytestmark = pytest.mark.bench

STORIES = 100_000
SHOWN = 60
AT_ONCE = 50
TYPED = ("lantern", "the moon", "hedgehog w", "quiet river", "zzz", "a", "whispering mou")
SEED = 7
COMMON = (
    "the and to of was he she it in that moon lantern river hedgehog quiet whispering mouse night star window sea "
    "hill boat bear owl fox snow train grandmother kitchen lamp slept walked said soft little blue far home"
)


@pytest.fixture(scope="module")
def words():
    dice = random.Random(SEED)
    common = COMMON.split()
    rare = ["".join(dice.choices("abcdefghilmnoprstuvw", k=dice.randint(3, 9))) for _ in range(20_000)]
    return common, rare


def tale(words, dice, length):
    common, rare = words
    said = [dice.choice(rare) if dice.random() < 0.15 else dice.choice(common) for _ in range(length)]
    return " ".join(f"{' '.join(said[at : at + 12]).capitalize()}." for at in range(0, length, 12))


@pytest.fixture
def shelf(tmp_path):
    library = open_library(Paths(tmp_path / "home"))
    yield Shelf(library, library.paths)
    library.close()


def test_a_thousand_files_are_added(shelf, tmp_path, words):
    dice = random.Random(SEED)
    files = []
    for number in range(1001):
        path = tmp_path / f"{number}.txt"
        paragraphs = "\n\n".join(tale(words, dice, 120) for _ in range(7))
        path.write_text(f"{words[1][number].title()}\n\n{paragraphs}\n")
        files.append(path)
    shelf.add(read_story(files[0]))
    half = len(files) // 2
    begin = time.perf_counter()
    for path in files[1 : half + 1]:
        shelf.add(read_story(path))
    alone = half / (time.perf_counter() - begin)
    begin = time.perf_counter()
    for at in range(half + 1, len(files), AT_ONCE):
        shelf.add_many(read_story(path) for path in files[at : at + AT_ONCE])
    together = half / (time.perf_counter() - begin)
    print(f"\nadd: {together:.0f} files of 840 words a second, {AT_ONCE} at once as `storytime add` does (bar: 100)")
    print(f"add: {alone:.0f} a second one by one, each waiting for the disk")


def test_search_as_you_type(shelf, words):
    dice = random.Random(SEED)
    common, rare = words
    begin = time.perf_counter()
    for _ in range(STORIES // 1000):
        shelf.add_many(
            Manuscript(
                " ".join(dice.choices(common, k=2) + dice.choices(rare, k=2)).title(),
                to_chapters([("", [tale(words, dice, 120)])]),
                author=dice.choice(rare).title(),
            )
            for _ in range(1000)
        )
    print(f"\nadd_many: {STORIES / (time.perf_counter() - begin):.0f} stories of 120 words a second")
    times = []
    for typed in (*TYPED, *dice.sample(rare, 20)):
        for end in range(1, len(typed) + 1):
            begin = time.perf_counter()
            shelf.cards(typed[:end], limit=SHOWN)
            times.append((time.perf_counter() - begin, typed[:end]))
    spent = sorted(seconds for seconds, _ in times)
    p95 = spent[int(len(spent) * 0.95)]
    slowest = ", ".join(f"“{typed}” {seconds * 1000:.0f} ms" for seconds, typed in sorted(times, reverse=True)[:5])
    print(f"search of {STORIES}: p95 {p95 * 1000:.1f} ms, median {statistics.median(spent) * 1000:.1f} ms (bar: 20 ms)")
    print(f"slowest: {slowest}")
    counted = sorted(_seconds(shelf.count, typed[:end]) for typed in TYPED for end in range(1, len(typed) + 1))
    print(f"count: p95 {counted[int(len(counted) * 0.95)] * 1000:.1f} ms; all {_seconds(shelf.count) * 1000:.1f} ms")
    print(
        f"a page of the shelf, at its end: {_seconds(lambda: shelf.cards(offset=STORIES - 60, limit=60)) * 1000:.1f} ms"
    )


def test_a_line_in_the_middle_of_a_million_words(shelf):
    long, short = (
        shelf.add(
            Manuscript(
                f"Of {count}", to_chapters([("", ["The moon rose over the quiet hill and slept. " * (count // 9)])])
            )
        ).id
        for count in (1_000_000, 1_000)
    )
    times = {}
    for story in (short, long):
        last = shelf.card(story).lines - 20
        times[story] = statistics.median(
            _seconds(lambda at=at, story=story: shelf.lines(story, at, 8)) for at in range(last, last - 60, -1)
        )
    print(
        f"\n8 lines at the end of 1,000,000 words: {times[long] * 1000:.2f} ms, "
        f"{times[long] / times[short]:.2f} × of 1,000"
    )


def _seconds(call, *values):
    begin = time.perf_counter()
    call(*values)
    return time.perf_counter() - begin
