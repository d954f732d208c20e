"""A real Postfix on loopback, over TLS, that delivers to a Maildir per person; set-up unpacks it for `make soak`."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.post.servers import Authority, free_port
from tests.soak import unpacked

MAIN = """
compatibility_level = 3.6
myhostname = mx.example.org
mydestination =
mail_owner = postfix
setgid_group = postdrop
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file_prefixes = {folder}
maillog_file = {folder}/log
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.pem
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/people
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_mailbox_limit = 0
smtpd_relay_restrictions = reject_unauth_destination
smtpd_forbid_bare_newline = yes
smtpd_data_restrictions = reject_unauth_pipelining
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace")


def program() -> str:
    """Where Postfix's configuration tool is, "" where Postfix cannot be run here."""
    return unpacked.program("postconf", "postfix")


@dataclass
class Postfix(unpacked.Boxes):
    """A running server: its port, and where each person's mail lies."""

    port: int
    mail: Path
    host: str = "127.0.0.1"

    def settle(self, wanted: int) -> None:
        """Wait until so many have been delivered, and a moment for one too many."""
        until = time.monotonic() + 300
        while self.count() < wanted and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(1)


@contextlib.contextmanager
def running(folder: Path, trusted: Authority, people: Sequence[str]) -> Iterator[Postfix]:
    """A Postfix for the people (parts before the @) in an empty folder that everybody may enter."""
    start = unpacked.command(folder, "postfix", ["postfix"], ["postdrop"], "/usr/lib/postfix/sbin/master", "-d", "-c", str(folder))
    port, nobody, owner = free_port(), pwd.getpwnam("nobody"), unpacked.number_of(folder, "postfix")
    folder.chmod(0o755)
    trusted.context(folder)
    next(folder.glob("server-*.pem")).rename(folder / "server.pem")
    (folder / "people").write_text("".join(f"{each}@example.org {each}/\n" for each in people))
    (folder / "main.cf").write_text(MAIN.format(folder=folder, uid=nobody.pw_uid, gid=nobody.pw_gid))
    (folder / "master.cf").write_text(MASTER.format(port=port))
    _make_places(folder, owner, unpacked.number_of(folder, "postdrop"))
    os.chown(_made(folder / "mail"), nobody.pw_uid, nobody.pw_gid)
    process = subprocess.Popen(start, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        unpacked.listening(port, process, "Postfix", folder / "log")
        yield Postfix(port, folder / "mail")
    finally:
        process.terminate()
        process.wait(20)


def _made(path: Path) -> Path:
    path.mkdir()
    return path


def _make_places(folder: Path, owner: int, drop: int) -> None:
    """The queue as Postfix wants it: its own user's, and two places where others may put things."""
    queue = _made(folder / "queue")
    for name in QUEUES:
        os.chown(_made(queue / name), owner, -1)
        (queue / name).chmod(0o700)
    _made(queue / "pid")
    for name, mode in (("maildrop", 0o730), ("public", 0o710)):
        os.chown(_made(queue / name), owner, drop)
        (queue / name).chmod(mode)
    os.chown(_made(folder / "data"), owner, -1)
    (folder / "data").chmod(0o700)
