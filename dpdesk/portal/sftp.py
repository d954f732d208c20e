"""SFTP by asyncssh (under its EPL-2.0): the server is known by its host key, and by nothing this machine believes otherwise."""

from __future__ import annotations

import contextlib
import re

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination

CONNECT_SECONDS = 20


def ssh_code(problem: BaseException) -> tuple[str, str] | None:
    """(code, detail) of an error of SSH; None for any other."""
    import asyncssh
    table = ((asyncssh.PermissionDenied, "login"), (asyncssh.SFTPPermissionDenied, "not_allowed"), (asyncssh.SFTPNoSuchFile, "not_there"),
             (asyncssh.SFTPNoSuchPath, "not_there"), (asyncssh.SFTPNoSpaceOnFilesystem, "full"), (asyncssh.SFTPQuotaExceeded, "full"),
             (asyncssh.SFTPWriteProtect, "not_allowed"), (asyncssh.ConnectionLost, "dropped"), (asyncssh.SFTPConnectionLost, "dropped"),
             (asyncssh.SFTPNoConnection, "dropped"))
    for kind, code in table:
        if isinstance(problem, kind):
            return code, ""
    if isinstance(problem, asyncssh.SFTPFailure) and problem.reason.casefold() in ("failure", "no space left on device"):
        return "full", ""  # what OpenSSH says of a full disk, and of little else when writing
    if isinstance(problem, asyncssh.Error):
        return "refused", str(problem.code)
    return None


def pem(text: str) -> str:
    """A private key in lines again, where it was pasted into one."""
    found = re.fullmatch(r"\s*(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)\s*", text, re.S)
    return text if found is None else "\n".join([found[1], *found[2].split(), found[3], ""])


def _client(wanted: str, seen: list[str]):
    import asyncssh

    class Client(asyncssh.SSHClient):
        """Takes the pinned host key and no other."""

        def validate_host_public_key(self, host: str, addr: str, port: int, key) -> bool:
            """Whether it is the pinned one."""
            seen.append(key.get_fingerprint())
            return seen[-1] == wanted
    return Client


class Sftp:
    """One SFTP server, signed in to."""

    def __init__(self, connection, client, folder: str) -> None:
        self._connection, self._client, self._folder = connection, client, folder.rstrip("/")

    @classmethod
    async def opened(cls, destination: Destination, secret: str) -> Sftp:
        """Sign in; raises `Hindered` with the fingerprint where the host key is another, or was never confirmed."""
        import asyncio

        import asyncssh
        host, _, port = destination.address.partition(":")
        seen: list[str] = []
        key = secret.lstrip().startswith("-----BEGIN")
        how = {"client_keys": [asyncssh.import_private_key(pem(secret))] if key else None, "password": None if key else secret}
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                connection = await asyncssh.connect(
                    host, int(port or 22), username=destination.user, known_hosts=([], [], []), config=None, agent_path=None,
                    client_factory=_client(destination.pin, seen), keepalive_interval=15, x509_trusted_certs=None, **how)
        except asyncssh.HostKeyNotVerifiable as problem:
            code = "host_key_changed" if destination.pin else "host_key_new"
            facts = {"place": destination.name, "fingerprint": seen[-1] if seen else "–"}
            raise Hindered(f"transfers.{code}", facts) from problem
        try:
            return cls(connection, await connection.start_sftp_client(), destination.place)
        except BaseException:
            connection.close()
            raise

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name

    async def put(self, name: str, content: bytes) -> None:
        """Write beside and rename: under its name an object is always whole."""
        import asyncssh
        path = self._path(name)
        async with self._client.open(path + ".part", "wb") as file:
            await file.write(content)
        try:
            await self._client.posix_rename(path + ".part", path)
        except asyncssh.SFTPOpUnsupported:
            with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                await self._client.remove(path)
            await self._client.rename(path + ".part", path)

    async def get(self, name: str) -> bytes:
        """Read an object whole."""
        async with self._client.open(self._path(name), "rb") as file:
            return await file.read()

    async def size(self, name: str) -> int | None:
        """An object's size, None where there is none."""
        import asyncssh
        try:
            return (await self._client.stat(self._path(name))).size
        except asyncssh.SFTPNoSuchFile:
            return None

    async def same(self, name: str, content: bytes) -> bool:
        """Whether exactly `content` lies there, read back and compared."""
        return await self.size(name) == len(content) and await self.get(name) == content

    async def names(self) -> list[str]:
        """What lies there."""
        return [str(name) for name in await self._client.listdir(self._folder or ".") if name not in (".", "..")]

    async def delete(self, name: str) -> None:
        """Take an object away; nothing where there is none."""
        import asyncssh
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await self._client.remove(self._path(name))

    async def close(self) -> None:
        """Hang up."""
        self._client.exit()
        await self._client.wait_closed()
        self._connection.close()
        await self._connection.wait_closed()
