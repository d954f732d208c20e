"""Where a desk lies, and what its keys will and will not accept."""

from __future__ import annotations

import pytest

from dpdesk.domain.secret import Secret
from dpdesk.store import keys, place


@pytest.mark.parametrize(("path", "service"), [
    ("Dropbox/desk", "Dropbox"), ("OneDrive - Branch/x/desk", "OneDrive"), ("OneDrive/desk", "OneDrive"),
    ("Library/Mobile Documents/desk", "iCloud"), ("Google Drive/desk", "Google Drive"), ("Nextcloud/desk", "Nextcloud")])
def test_synced_folders_are_recognised(tmp_path, path, service):
    assert f"synced:{service}" in place.warnings(tmp_path / path)


def test_a_syncthing_folder_is_recognised_by_its_marker(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert place.warnings(tmp_path / "desk") == ("synced:Syncthing",)


def test_plain_folders_are_not(tmp_path):
    assert place.warnings(tmp_path / "desks" / "anytown") == ()


def test_network_mounts_are_recognised(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/team\\040share nfs4 rw 0 0\n")
    assert place._filesystem_of(place.Path("/mnt/team share/desk"), mounts) == "nfs4"
    assert place._filesystem_of(place.Path("/mnt/teamshare/desk"), mounts) == "ext4"


def test_calibration_keeps_to_the_bounds():
    found = keys.calibrated()
    assert found.acceptable() and found.memory >= keys.MEMORY_LEAST and found.passes >= keys.PASSES_LEAST


@pytest.mark.parametrize("change", [{"memory": 1024}, {"passes": 1}, {"memory": 1 << 30}, {"passes": 10_000}, {"lanes": 0},
                                    {"salt": b""}])
def test_weak_or_absurd_parameters_are_not_accepted(change):
    from dataclasses import replace
    assert not replace(keys.least(), **change).acceptable()


def test_a_recovery_key_survives_handwriting_and_a_slip_is_told():
    key = keys.new_recovery_key()
    assert keys.tidy_recovery_key(Secret(key.text().lower().replace("-", " ").replace("1", "l"))) == key
    wrong = 0
    letters = key.text().replace("-", "")
    for at in range(len(letters) - 1):
        swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2:]
        wrong += keys.tidy_recovery_key(Secret(swapped)) is None or letters[at] == letters[at + 1]
    assert wrong >= len(letters) - 2


def test_secrets_are_not_printed_or_pickled():
    import json
    import pickle
    secret = Secret("canary phrase")
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}"):
        assert "canary" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps({"x": secret})
    secret.wipe()
    assert not secret
