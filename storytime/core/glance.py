"""One look at the library before anything of it is opened, so that the very first frame can already be dark.

It imports next to nothing: what is imported here, the first frame waits for.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def sealed_when_left(database: Path) -> bool:
    """Return whether the evening that was kept there looks sealed; False for whatever is in the way.

    Only the colour of the first frame hangs on it: the real answer is the keeper's, when the library is open.
    """
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            row = connection.execute("SELECT value FROM kept WHERE name = 'evening'").fetchone()
        evening = json.loads(row[0])["evening"] if row else {}
        return evening["phase"] in ("LIGHTS_OUT", "NIGHT") and not evening["opened"]
    except (sqlite3.Error, OSError, ValueError, LookupError, TypeError, RecursionError):
        return False
