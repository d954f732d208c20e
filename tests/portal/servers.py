"""Starts the servers of `serve.py`, and makes destinations of them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dpdesk.domain.transfers import Destination, DestinationKind
from tests.portal.serve import BUCKET, PASSWORD, USER

ROOT = Path(__file__).parents[2]


class Server:
    """A server that can be killed and started again on the same port."""

    def __init__(self, kind: str, folder: Path, pem: str = "", **environment: str) -> None:
        self.kind, self.folder, self._pem, self._environment = kind, folder, pem, environment
        self.port = 0
        folder.mkdir(exist_ok=True)
        self.start()

    def start(self) -> None:
        words = [sys.executable, "-m", "tests.portal.serve", self.kind, str(self.folder), str(self.port), self._pem]
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                         env=os.environ | self._environment)
        said = self._process.stdout.readline()
        if not said.strip().isdigit():
            raise AssertionError(self._process.stderr.read().decode()[-2000:])
        self.port = int(said)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._process.stderr.close()

    def destination(self, identity: str = "d", **more) -> Destination:
        scheme = "https" if self._pem else "http"
        address = {"sftp": f"127.0.0.1:{self.port}"}.get(
            self.kind, f"{scheme}://{'localhost' if self._pem else '127.0.0.1'}:{self.port}")
        kind = {"s3": DestinationKind.S3, "sftp": DestinationKind.SFTP}.get(self.kind, DestinationKind.WEBDAV)
        return Destination(identity, self.kind, kind, address, **{"place": BUCKET if self.kind == "s3" else "", "user": USER,
                                                                  "region": "us-east-1" if self.kind == "s3" else "", **more})


@contextlib.contextmanager
def running(kind: str, folder: Path, **more: str) -> Iterator[Server]:
    server = Server(kind, folder, **more)
    try:
        yield server
    finally:
        server.kill()


__all__ = ["PASSWORD", "Server", "running"]
