"""What kind of place a folder is: on another computer, kept in step with a cloud, open to others' eyes."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|afpfs|ceph|lustre|beegfs|glusterfs|davfs\d?|webdav|sshfs|rclone|gvfsd-fuse|vboxsf|"
    r"vmhgfs(-fuse)?|prl_fs|drvfs|ncpfs|virtiofs"
)
"""The kinds of file systems that are other computers'."""

_CLOUDS = re.compile(
    r"(?i)(onedrive|dropbox|google ?drive|icloud|mobile documents$|cloudstorage$|nextcloud|owncloud|synologydrive|"
    r"nutstore|.*坚果云|baidusync|.*百度.*同步|wpsdrive|wps ?云|.*微云|pcloud|megasync|syncthing)"
)
"""How the folders are called that programs keep in step with a cloud or with other computers."""

_MARKERS = (".stfolder", ".dropbox", ".nutstore")
"""What such programs leave in the folders they look after."""


def network(path: Path) -> str | None:
    """The kind of file system a file lies on, where that is another computer's."""
    if sys.platform == "win32":
        import ctypes

        remote, drive = 4, os.path.splitdrive(path)[0]
        kind = remote if drive.startswith("\\\\") else ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")
        return drive if kind == remote else None
    kind = _file_system(path.resolve(), _mounts())
    return kind if kind and _NETWORK.fullmatch(kind.removeprefix("fuse.")) else None


def _file_system(path: Path, mounts: Iterable[tuple[str, str]]) -> str | None:
    """The kind of the file system that holds a path, of those mounted: where each is, and of which kind."""
    holding = [(len(where), n, kind) for n, (where, kind) in enumerate(mounts) if path.is_relative_to(where)]
    return max(holding)[2] if holding else None


def _mounts() -> Iterator[tuple[str, str]]:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "linux":
            for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines():
                before, _dash, after = line.partition(" - ")
                where = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), before.split(" ")[4])
                yield where, after.split(" ")[0]
        else:
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
            yield from re.findall(r" on (/.*) \((\w+)", told)


def synced(path: Path) -> Path | None:
    """The folder on the way to a file that some program keeps in step with a cloud or with other computers."""
    for folder in path.absolute().parents:
        if _CLOUDS.match(folder.name) or any((folder / marker).exists() for marker in _MARKERS):
            return folder
    return None


def open_to_others(paths: Iterable[Path]) -> list[Path]:
    """Those files that other users of this computer can read. Windows keeps a user's profile to the user."""
    return [path for path in paths if os.name == "posix" and path.is_file() and _readable(path)]


def _readable(path: Path) -> bool:
    for_others = 0o044
    with contextlib.suppress(OSError):
        return bool(path.stat().st_mode & for_others) and bool(path.parent.stat().st_mode & 0o011)
    return False
