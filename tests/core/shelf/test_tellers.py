"""Who reads here: welcomed once, and known by every name they ever had."""

import pytest

from storytime.core.errors import NameTaken
from storytime.core.shelf.tellers import SOMEBODY, Tellers


@pytest.fixture
def tellers(library):
    return Tellers(library)


def test_a_teller_is_renamed_and_still_found_by_the_name_that_stands_in_their_files(tellers):
    mama = tellers.welcome("Mama")
    renamed = tellers.describe(mama.id, name=" Anna  Maria ", relation="mother")
    assert (renamed.id, renamed.name, renamed.relation) == (mama.id, "Anna Maria", "mother")
    assert tellers.find("anna maria") == tellers.find("MAMA") == renamed
    assert tellers.welcome("Mama") == renamed
    assert renamed.names == ("anna maria", "mama")


def test_a_name_that_somebody_has_or_had_is_refused_in_a_sentence(tellers):
    mama, opa = tellers.welcome("Mama"), tellers.welcome("Opa")
    tellers.describe(mama.id, name="Anna")
    with pytest.raises(NameTaken, match="Anna reads here already"):
        tellers.describe(opa.id, name="ANNA", consent="all")
    with pytest.raises(NameTaken, match="Anna was called “Mama” before"):
        tellers.describe(opa.id, name="Mama")
    assert tellers.teller(opa.id) == opa


def test_a_name_can_be_taken_back_and_written_otherwise(tellers):
    mama = tellers.welcome("Mama")
    tellers.describe(mama.id, name="Anna")
    assert tellers.describe(mama.id, name="mama").name == "mama"
    assert tellers.find("Anna").names == ("mama", "anna")
    assert tellers.describe(mama.id, name="MAMA").names == ("mama", "anna")


def test_whoever_was_nobody_in_particular_leaves_that_name_to_the_next(tellers):
    first = tellers.welcome(SOMEBODY)
    tellers.describe(first.id, name="Oma")
    second = tellers.welcome(SOMEBODY)
    assert second.id != first.id
    assert tellers.find("Oma").id == first.id
