"""A library of its own, and its shelf."""

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.shelf import Shelf


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
