"""Fetching from a real Dovecot: part of `make soak`, which unpacks one, and by hand `python -m tests.post.dovecot [COUNT]`.

Checks that each of COUNT mails is read once, that the mailbox is afterwards what it was, byte for byte, and tells the time.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from dpdesk.domain.secret import Secret
from dpdesk.files.mail_in import read_message
from dpdesk.post.imap import Folder, Position, Server
from tests.fakes.certificates import certificate
from tests.files import mails
from tests.soak import unpacked

CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{root}/issued/server.pem
ssl_key = <{root}/issued/server.key
mail_location = maildir:{root}/mail
first_valid_uid = 1
default_internal_user = {inner}
default_login_user = {inner}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
"""


def fill(folder: Path, count: int) -> None:
    """A Maildir with so many unread mails."""
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    kinds = (mails.person("Please stop"), mails.POSTFIX, mails.EXIM, mails.AWAY, mails.HTML)
    for n in range(count):
        (folder / "new" / f"{1_700_000_000 + n}.M{n}P1.host").write_bytes(kinds[n % len(kinds)])


def print_of(folder: Path) -> dict[str, str]:
    """Name and digest of every mail: a mail marked as read, or moved, gets another name."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for name in ("new", "cur", "tmp") for path in (folder / name).iterdir()}


def program() -> str:
    """Where Dovecot is once it is run, "" where it cannot be had."""
    return unpacked.program("dovecot", "dovecot") or shutil.which("dovecot") or ""


def main(count: int) -> int:
    """Serve, fetch twice, compare."""
    if not program():
        print("needs dovecot-imapd")
        return 2
    with tempfile.TemporaryDirectory(prefix="dpdesk-dovecot-") as place:
        root = Path(place)
        root.chmod(0o755)
        _context, trusted = certificate(root / "issued")
        fill(root / "mail", count)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        for path in (root / "mail", *(root / "mail").rglob("*")) if os.getuid() == 0 else ():
            os.chown(path, who.pw_uid, who.pw_gid)
        inner, group = ("dovecot", "dovecot") if os.getuid() == 0 else (who.pw_name, str(who.pw_gid))
        (root / "dovecot.conf").write_text(CONFIG.format(root=root, port=port, inner=inner, group=group, uid=who.pw_uid, gid=who.pw_gid))
        words = [program(), "-F", "-c", str(root / "dovecot.conf")]
        server = subprocess.Popen(unpacked.command(root, "dovecot", ["dovecot", "dovenull"], [], *words) if os.getuid() == 0 else words)
        try:
            return fetched(root, port, trusted, count)
        finally:
            server.terminate()
            server.wait(10)
            print((root / "log").read_text()[-600:] if "-v" in sys.argv else "", end="")


def fetched(root: Path, port: int, trusted: Path, count: int) -> int:
    """Fetch everything, then what is new since; the exit status."""
    trust, before = ssl.create_default_context(cafile=trusted), print_of(root / "mail")
    for _try in range(50):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    began, since = time.perf_counter(), date(2000, 1, 1)
    with Folder(Server("localhost", port, "branch"), Secret("secret"), trust) as folder:
        uids = folder.after(Position(), since)
        letters = [read_message(folder.message(uid), uid).letter for uid in uids]
        again = folder.after(Position(folder.validity, uids[-1]), since)
    took = time.perf_counter() - began
    same = print_of(root / "mail") == before
    whole = len(uids) == count and all(letter is not None and letter.sender for letter in letters) and not again
    print(f"{len(uids)} of {count} mails in {took:.1f} s ({count / took:.0f}/s), the mailbox {'is as it was' if same else 'WAS CHANGED'}")
    return 0 if same and whole else 1


if __name__ == "__main__":
    sys.exit(main(int(next((word for word in sys.argv[1:] if word.isdigit()), "1000"))))
