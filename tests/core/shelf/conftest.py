"""A library of its own, its shelf, and a hand that writes files for it."""

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.story import Manuscript


@pytest.fixture
def paths(home):
    return Paths(home)


@pytest.fixture
def library(paths):
    library = open_library(paths)
    yield library
    library.close()


@pytest.fixture
def shelf(library, paths):
    return Shelf(library, paths)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def manuscript(title="The Fox", text="The fox slept. The moon rose.", **facts):
    return Manuscript(title, to_chapters([("", text.split("\n\n"))]), **facts)
