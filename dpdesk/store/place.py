"""Where a desk lies: in a synced folder or on a network share, two machines can tear one file apart."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

_SYNCED = {"dropbox": "Dropbox", "onedrive": "OneDrive", "icloud drive": "iCloud", "iclouddrive": "iCloud",
           "mobile documents": "iCloud", "com~apple~clouddocs": "iCloud", "google drive": "Google Drive",
           "googledrive": "Google Drive", "my drive": "Google Drive", "nextcloud": "Nextcloud", "owncloud": "ownCloud",
           "pcloud drive": "pCloud", "megasync": "MEGA", "box sync": "Box", "proton drive": "Proton Drive"}
_BEGINNINGS = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "googledrive-": "Google Drive"}
_MARKERS = {".stfolder": "Syncthing", ".dropbox.cache": "Dropbox", ".sync_journal.db": "Nextcloud"}
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "ncpfs",
            "fuse.gvfsd-fuse", "afs", "ceph", "glusterfs"}


def warnings(folder: Path) -> tuple[str, ...]:
    """Codes for what is unsafe about the place: `synced:<service>`, `network`."""
    found = []
    service = synced_by(folder.absolute())
    if service:
        found.append(f"synced:{service}")
    if is_network(folder.absolute()):
        found.append("network")
    return tuple(found)


def synced_by(folder: PurePath) -> str:
    """The service that copies this folder to other places; "" where none is seen."""
    for part in folder.parts:
        name = part.lower()
        if name in _SYNCED:
            return _SYNCED[name]
        for beginning, service in _BEGINNINGS.items():
            if name.startswith(beginning):
                return service
    for above in (folder, *folder.parents):
        for marker, service in _MARKERS.items():
            if (Path(above) / marker).exists():
                return service
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = os.environ.get(variable)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    return ""


def is_network(folder: Path) -> bool:
    """Whether the folder lies on another machine."""
    if str(folder).startswith(("\\\\", "//")):
        return True
    return _filesystem_of(folder) in _NETWORK


def _filesystem_of(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The type of the file system `folder` lies on; "" where the system does not say."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
