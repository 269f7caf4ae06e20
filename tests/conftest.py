"""What every test shares: no display, a home of its own, and widgets that do not leak from one test to the next."""

import gc
import os
import sys

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A library of its own for every test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("STORYTIME_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_widget_outlives_its_test():
    yield
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
