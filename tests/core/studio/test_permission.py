import pytest

from storytime.core.errors import MicrophoneRefused
from storytime.core.studio.permission import setting_of


@pytest.mark.parametrize("platform", ["darwin", "win32", "linux"])
def test_every_system_names_its_own_setting(platform):
    assert f"Allow it in {setting_of(platform)}, then" in str(MicrophoneRefused(setting_of(platform)))
    assert len({setting_of(one) for one in ("darwin", "win32", "linux")}) == 3
