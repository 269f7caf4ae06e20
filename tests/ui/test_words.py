"""Lengths are said as a family says them."""

import pytest

from storytime.ui.words import whole_minutes


@pytest.mark.parametrize(
    ("length", "said"), [(0.2, "1 minute"), (0.6, "1 minute"), (1.4, "1 minute"), (8.2, "8 minutes")]
)
def test_no_evening_is_said_to_last_no_minutes(length, said):
    assert whole_minutes(length) == said
