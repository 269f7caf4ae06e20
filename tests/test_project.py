"""What the project promises of itself: a lock that any machine can use, and documents that tell the truth."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from storytime import __version__

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def locked(name):
    """Return the lock's entries, each with its hashes, one line an entry."""
    return (ROOT / name).read_text("utf-8").replace("\\\n", "").splitlines()


def named(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement).group().lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_host(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"\.(org|com|io|net)\b", text)
    assert "--index" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash(lock):
    for entry in locked(lock):
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_locks_hold_all_that_is_asked_for():
    app, test = ({named(entry) for entry in locked(lock)} for lock in LOCKS)
    assert {named(one) for one in PROJECT["dependencies"]} <= app
    assert {named(one) for one in PROJECT["optional-dependencies"]["test"]} <= test


def test_the_test_lock_is_the_app_lock_and_more():
    # Without their markers: a tool of the tests may need on every machine what the app needs on some.
    app, test = ({re.sub(r" (?:; .*?)?\s+(?=--hash)", " ", entry) for entry in locked(lock)} for lock in LOCKS)
    assert app < test


def test_nothing_heavy_came_in():
    assert not {named(entry) for entry in locked(LOCKS[1])} & {"torch", "scipy", "pandas", "pyside6", "pyobjc"}


def test_run_py_needs_nothing_but_python():
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_can_read_run_py_as_far_as_its_refusal():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


def test_the_readme_shows_the_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 run.py\n" in readme
    assert "python3 run.py test" in readme


def test_what_every_change_must_pass_is_the_second_command():
    assert "python3 run.py test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_version_is_one():
    assert PROJECT["version"] == __version__


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "storytime/README.md"])
def test_the_files_that_a_page_names_are_there(page):
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    names = re.findall(r"`([a-z_]+/[a-z_/]*[a-z_]+\.py)`", text)
    bases = ((ROOT / page).parent, ROOT, ROOT / "storytime")
    assert [one for one in links + names if not any((base / one).exists() for base in bases)] == []


def test_every_file_is_one_thought():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in (ROOT / "storytime").rglob("*.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
