"""OpenSSH's sshd and Apache's mod_dav, unpacked or installed, on loopback: what `tests/portal/servers.py` is for lighter servers."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path

from dpdesk.domain.transfers import Destination, DestinationKind
from tests.fakes.certificates import certificate
from tests.portal.serve import PASSWORD, USER, port_free
from tests.soak.unpacked import TOOLS, command, listening, program

MODULES = ("mpm_event", "socache_shmcb", "ssl", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs")


class Sshd:
    """sshd with one key and its own SFTP."""

    kind = "sftp"

    def __init__(self, folder: Path) -> None:
        import asyncssh
        self.folder, self.port = folder, port_free()
        (folder / "files").mkdir(parents=True)
        host, key = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
        host.write_private_key(str(folder / "host"))
        (folder / "host").chmod(0o600)
        (folder / "keys").write_bytes(key.export_public_key())
        self.secret = key.export_private_key().decode()
        (folder / "config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/keys\nStrictModes no\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nPermitRootLogin yes\nPidFile none\n"
            "Subsystem sftp internal-sftp\n", "utf-8")
        self.start()

    def start(self) -> None:
        Path("/run/sshd").mkdir(exist_ok=True)
        words = command(self.folder, "sshd", ("sshd",), (), "/usr/sbin/sshd", "-D", "-e", "-f", str(self.folder / "config"))
        self._log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(words, stderr=self._log, stdout=self._log)
        listening(self.port, self._process, "sshd", self.folder / "log")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()

    def destination(self, **more) -> Destination:
        found = Destination("d", "sshd", DestinationKind.SFTP, f"127.0.0.1:{self.port}", place=str(self.folder / "files"), user="root")
        return replace(found, **more)


class Apache:
    """Apache with mod_dav and basic authentication; `own` is the port on which it shows a certificate nobody vouches for."""

    kind = "dav"

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.own, self.secret = folder, port_free(), port_free(), PASSWORD
        _context, shown = certificate(folder.parent / f"{folder.name}-tls")
        for each in (folder, folder / "files", folder / "run"):
            each.mkdir(exist_ok=True)
            each.chmod(0o777)
        modules = TOOLS / "apache2/usr/lib/apache2/modules"
        modules = modules if modules.is_dir() else Path("/usr/lib/apache2/modules")
        known = base64.b64encode(hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).digest()).decode()
        (folder / "users").write_text(f"{USER}:{{SHA}}{known}\n")
        loads = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES)
        (folder / "config").write_text(
            f"{loads}\nServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{self.port}\nPidFile {folder}/run/pid\n"
            f"ErrorLog {folder}/log\nUser #65534\nGroup #65534\nDavLockDB {folder}/run/locks\nDocumentRoot {folder}/files\n"
            f"<Directory {folder}/files>\nDav On\nAuthType Basic\nAuthName portal\nAuthUserFile {folder}/users\nRequire valid-user\n"
            f"</Directory>\nListen 127.0.0.1:{self.own}\n<VirtualHost 127.0.0.1:{self.own}>\nSSLEngine on\n"
            f"SSLCertificateFile {shown}\nSSLCertificateKeyFile {shown.with_name('server.key')}\n</VirtualHost>\n", "utf-8")
        self.start()

    def start(self) -> None:
        words = command(self.folder, "apache2", (), (), "/usr/sbin/apache2", "-D", "FOREGROUND", "-f", str(self.folder / "config"))
        self._process = subprocess.Popen(words, start_new_session=True)
        listening(self.port, self._process, "apache2", self.folder / "log")

    def kill(self) -> None:
        import os
        import signal
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        (self.folder / "run/pid").unlink(missing_ok=True)

    def destination(self, **more) -> Destination:
        return replace(Destination("d", "apache", DestinationKind.WEBDAV, f"http://127.0.0.1:{self.port}", user=USER), **more)


def kinds() -> list[str]:
    """Which servers from Debian can be had here."""
    return [name for name, place in (("sshd", "sshd"), ("apache2", "apache2"), ("radosgw", "ceph")) if program(name, place)]


def age() -> str:
    """The standard tool, "" where it cannot be had."""
    import shutil
    unpacked = TOOLS / "age/usr/bin/age"
    return str(unpacked) if unpacked.exists() else shutil.which("age") or ""
