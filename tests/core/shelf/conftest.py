"""A hand that writes files for a shelf."""

import pytest

from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def manuscript(title="The Fox", text="The fox slept. The moon rose.", **facts):
    return Manuscript(title, to_chapters([("", text.split("\n\n"))]), **facts)
