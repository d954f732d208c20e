"""A signed archive: files with a manifest of their digests, and what vouches for the manifest; read back whole or not at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from dpdesk.domain.errors import Unreadable

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_LARGEST = 512 << 20


def manifest(files: Mapping[str, bytes], facts: Mapping[str, object]) -> bytes:
    """What is in the archive: `facts` about it, and for each file its size and SHA-256."""
    listed = [{"file": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
              for name, content in sorted(files.items())]
    return json.dumps({"format": "dpdesk accountability pack 1", **facts, "files": listed}, ensure_ascii=False, indent=2).encode()


def write(out: BinaryIO, files: Mapping[str, bytes], listed: bytes, vouched: bytes) -> None:
    """The archive as ZIP: the manifest and its signature first."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((MANIFEST, listed), (SIGNATURE, vouched), *sorted(files.items())):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def read(path: Path) -> tuple[bytes, bytes, dict]:
    """(manifest, signature, what the manifest says) of an archive whose files are all there and none other; raises `Unreadable`."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                raise Unreadable(path.name, "altered")
            held = {name: archive.read(name) for name in archive.namelist()}
        listed, vouched = held.pop(MANIFEST), held.pop(SIGNATURE)
        said = json.loads(listed)
        digests = {each["file"]: each["sha256"] for each in said["files"]}
    except OSError as problem:
        raise Unreadable(path.name, "unreadable") from problem
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as problem:
        raise Unreadable(path.name, "no_signature") from problem
    if digests != {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}:
        raise Unreadable(path.name, "altered")
    return listed, vouched, said
