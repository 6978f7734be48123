from __future__ import annotations

import os
from pathlib import Path

import pytest

from csconsole.desk import places

MOUNTS = [("/", "ext4"), ("/home", "nfs4"), ("/home/me/disk", "ext4"), ("/mnt/c", "9p"), ("/media/x", "fuse.sshfs")]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/data", "ext4"), ("/home/me/data", "nfs4"), ("/home/me/disk/data", "ext4"), ("/homely", "ext4")],
)
def test_a_file_lies_on_the_file_system_mounted_nearest(path: str, kind: str) -> None:
    assert places._file_system(Path(path), MOUNTS) == kind


@pytest.mark.skipif(os.name != "posix", reason="POSIX")
@pytest.mark.parametrize(
    ("kind", "remote"),
    [("ext4", False), ("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("9p", True), ("apfs", False)],
)
def test_a_network_folder_is_known_by_its_kind(kind: str, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_mounts", lambda: [("/", kind)])
    assert (places.network(Path("/srv/data")) == kind) is remote


def test_this_computers_own_folders_are_no_network(tmp_path: Path) -> None:
    assert places.network(tmp_path) is None


@pytest.mark.parametrize("name", ["OneDrive - Firma", "Dropbox", "坚果云", "我的坚果云", "iCloudDrive", "Google Drive"])
def test_a_folder_in_step_with_a_cloud_is_known_by_its_name(name: str, tmp_path: Path) -> None:
    file = tmp_path / name / "客服" / "data" / "csconsole.sqlite3"
    assert places.synced(file) == tmp_path / name
    assert places.synced(tmp_path / "dropped" / "data") is None


def test_and_by_what_its_program_left_in_it(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert places.synced(tmp_path / "data" / "csconsole.sqlite3") == tmp_path


@pytest.mark.skipif(os.name != "posix", reason="POSIX")
def test_what_others_can_read_is_told(tmp_path: Path) -> None:
    private, public, hidden = (tmp_path / name for name in ("private", "public", "closed/hidden"))
    hidden.parent.mkdir(mode=0o700)
    tmp_path.chmod(0o755)
    for file, mode in ((private, 0o600), (public, 0o644), (hidden, 0o644)):
        file.touch()
        file.chmod(mode)
    assert places.open_to_others([private, public, hidden, tmp_path]) == [public]
