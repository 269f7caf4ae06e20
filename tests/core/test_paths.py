from storytime.core.paths import Paths, shipped


def test_the_library_is_where_the_family_says(home, monkeypatch):
    assert Paths.of_user().home == home
    monkeypatch.delenv("STORYTIME_HOME")
    assert Paths.of_user().home.name == "Storytime"


def test_asking_makes_nothing(home):
    paths = Paths.of_user()
    assert {paths.database.parent, paths.covers.parent, paths.log.parent.parent, paths.backups.parent} == {home}
    assert not home.exists()


def test_what_is_shipped_is_found():
    assert len(list(shipped("stories").glob("*.md"))) == 12
    assert shipped("assets").is_dir()
