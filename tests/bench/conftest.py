"""How long a bench takes, where it can be chosen."""


def pytest_addoption(parser):
    parser.addoption("--minutes", type=float, default=20.0, help="minutes of recording in bench_recording.py")
