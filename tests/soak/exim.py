"""A real Exim on loopback, over TLS, that delivers to a Maildir per person: unlike Postfix it keeps a Bcc header, so a leak shows.

It needs the program (set-up unpacks it for the tests) and root, which Exim asks for to drop to `nobody`.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.post.servers import Authority, free_port
from tests.soak import unpacked

CONFIG = """
primary_hostname = mx.example.org
exim_user = nobody
exim_group = nogroup
exim_path = {program}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_on_connect_ports = {port}
tls_advertise_hosts = *
tls_certificate = {folder}/server.pem
acl_smtp_rcpt = everybody
smtp_accept_max = 20
queue_only = true
host_lookup =
rfc1413_query_timeout = 0s
queue_run_in_order = true
begin acl
everybody:
  accept
begin routers
person:
  driver = accept
  local_parts = lsearch;{folder}/people
  transport = box
begin transports
box:
  driver = appendfile
  directory = {folder}/mail/$local_part_data
  maildir_format = true
  create_directory = true
  user = nobody
  group = nogroup
  envelope_to_add = true
  delivery_date_add = true
  return_path_add = true
begin retry
* * F,2h,1m
"""


def program() -> str:
    """Where Exim is once it is run, "" where it cannot be."""
    return unpacked.program("exim4", "exim")


def command(folder: Path, *words: str) -> list[str]:
    """Exim with the configuration in `folder`; Debian's looks for a user of its own at its start."""
    return unpacked.command(folder, "exim", ["Debian-exim"], [], program(), "-C", str(folder / "exim.conf"), *words)


@dataclass
class Exim(unpacked.Boxes):
    """A running server: its port, and where each person's mail lies."""

    port: int
    mail: Path
    host: str = "127.0.0.1"
    trusted: Authority | None = None

    def settle(self, wanted: int, runs: int = 5) -> None:
        """Deliver what lies in the queue, one after another: hundreds at once would wait for each other's locks for minutes."""
        for _ in range(runs):
            subprocess.run(command(self.mail.parent, "-q"), check=True, capture_output=True)
            if self.count() >= wanted:
                return


@contextlib.contextmanager
def running(folder: Path, trusted: Authority, people: Sequence[str]) -> Iterator[Exim]:
    """An Exim for the people (parts before the @) in an empty folder that everybody may enter."""
    nobody, port = pwd.getpwnam("nobody"), free_port()
    trusted.context(folder)
    next(folder.glob("server-*.pem")).rename(folder / "server.pem")
    for name in ("spool", "log", "mail"):
        (folder / name).mkdir()
        os.chown(folder / name, nobody.pw_uid, nobody.pw_gid)
    os.chown(folder / "server.pem", nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o755)
    (folder / "people").write_text("".join(f"{each}: {each}\n" for each in people))
    (folder / "exim.conf").write_text(CONFIG.format(folder=folder, port=port, program=program()))
    process = subprocess.Popen(command(folder, "-bdf"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        unpacked.listening(port, process, "Exim", folder / "log" / "mainlog")
        yield Exim(port, folder / "mail")
    finally:
        process.terminate()
        process.wait(20)
