"""A studio for every test that asks for one."""

import pytest

from tests.core.studio.booth import Booth


@pytest.fixture
def booth(home):
    made = Booth(home)
    yield made
    made.close()
