"""A Ceph of one monitor, one store and one S3 gateway, unpacked or installed, on loopback: kept on the disk, so it lives through a kill."""

from __future__ import annotations

import subprocess
import uuid
from dataclasses import replace
from pathlib import Path

from dpdesk.domain.transfers import Destination, DestinationKind
from tests.fakes.certificates import certificate
from tests.portal.serve import BUCKET, PASSWORD, USER, port_free
from tests.soak.unpacked import command, listening

_KEYS = {"mon.": ("mon", "allow *"), "client.admin": ("mon", "allow *", "osd", "allow *"),
         "osd.0": ("mon", "allow profile osd", "osd", "allow *"), "client.rgw": ("mon", "allow rw", "osd", "allow rwx")}
_SPARSE = 32 << 30


class Ceph:
    """radosgw with one user and one bucket; `own` is the port on which it shows a certificate nobody vouches for."""

    kind = "ceph"

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.own, self.secret, self._running = folder, port_free(), port_free(), PASSWORD, []
        for name in ("run", "mon", "osd", "rgw"):
            (folder / name).mkdir()
        self._found()
        self.start()
        self._run("radosgw-admin", "-n", "client.rgw", "user", "create", f"--uid={USER}", f"--display-name={USER}",
                  f"--access-key={USER}", f"--secret={PASSWORD}")
        import boto3
        boto3.client("s3", endpoint_url=f"http://127.0.0.1:{self.port}", region_name="us-east-1", aws_access_key_id=USER,
                     aws_secret_access_key=PASSWORD).create_bucket(Bucket=BUCKET)

    def _found(self) -> None:
        """Keys, maps and empty stores; the map of stores is given, so that nothing but the daemons is needed."""
        _context, shown = certificate(self.folder / "tls")
        made, at = str(uuid.uuid4()), f"[v2:127.0.0.1:{port_free()},v1:127.0.0.1:{port_free()}]"
        (self.folder / "config").write_text("\n".join(("[global]", *(f"{name} = {value}" for name, value in {
            "fsid": made, "mon host": at, "keyring": self.folder / "keys", "run dir": self.folder / "run", "admin socket": "",
            "crash dir": self.folder / "run", "log file": self.folder / "log", "pid file": "", "public addr": "127.0.0.1",
            "cluster addr": "127.0.0.1", "osd pool default size": 1, "osd pool default min size": 1, "osd pool default pg num": 4,
            "osd pool default pgp num": 4, "osd pool default pg autoscale mode": "off", "osd crush chooseleaf type": 0,
            "mon allow pool size one": "true", "mon data": self.folder / "mon", "osd data": self.folder / "osd",
            "osd objectstore": "bluestore", "bluestore block create": "true", "bluestore block size": _SPARSE,
            "mon data avail crit": 1, "rgw data": self.folder / "rgw",
            "rgw frontends": f"beast endpoint=127.0.0.1:{self.port} ssl_endpoint=127.0.0.1:{self.own} ssl_certificate={shown} "
                             f"ssl_private_key={shown.with_name('server.key')}",
            "rgw thread pool size": 32}.items()), "")), "utf-8")
        for at_first, (name, caps) in enumerate(_KEYS.items()):
            pairs = [word for of, what in zip(caps[::2], caps[1::2], strict=True) for word in ("--cap", of, what)]
            self._run("ceph-authtool", str(self.folder / "keys"), *([] if at_first else ["--create-keyring"]), "--gen-key", "-n", name,
                      *pairs, plain=True)
        monitors, stores = str(self.folder / "monitors"), str(self.folder / "stores")
        self._run("monmaptool", "--create", "--fsid", made, "--addv", "a", at, monitors, plain=True)
        self._run("osdmaptool", "--createsimple", "1", stores, plain=True)
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", monitors, "--osdmap", stores, "--keyring", str(self.folder / "keys"))
        monitor = self._started("ceph-mon", "-i", "a")
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", str(uuid.uuid4()))
        monitor.terminate()
        monitor.wait()

    def _words(self, program: str, *words: str, plain: bool = False) -> list[str]:
        config = () if plain else ("-c", str(self.folder / "config"))
        return command(self.folder, "ceph", (), (), f"/usr/bin/{program}", *config, *words)

    def _run(self, program: str, *words: str, plain: bool = False) -> None:
        done = subprocess.run(self._words(program, *words, plain=plain), capture_output=True, text=True, check=False, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")

    def _started(self, *words: str) -> subprocess.Popen:
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(self._words(*words, "-f"), stdout=said, stderr=said)

    def start(self) -> None:
        self._running = [self._started("ceph-mon", "-i", "a"), self._started("ceph-osd", "-i", "0"),
                         self._started("radosgw", "-n", "client.rgw")]
        listening(self.port, self._running[-1], "radosgw", self.folder / "log", 90)

    def kill(self) -> None:
        for process in self._running:
            process.kill()
        for process in self._running:
            process.wait()

    def destination(self, **more) -> Destination:
        found = Destination("d", "ceph", DestinationKind.S3, f"http://127.0.0.1:{self.port}", place=BUCKET, user=USER, region="us-east-1")
        return replace(found, **more)
