"""S3-compatible servers and WebDAV by opendal: whole objects only (its way of writing piece by piece can publish half of one)."""

from __future__ import annotations

import asyncio
import hashlib
from urllib.parse import urlsplit

from dpdesk.domain.transfers import Destination, DestinationKind

CONTROL_SECONDS, WRITING_SECONDS = 30, 180  # an object of 4 MiB goes up in time at 200 kbit/s
_RETRIES = 2


def share_link(address: str) -> tuple[str, str]:
    """(WebDAV address, user) of a Nextcloud link such as https://cloud.example.org/s/AbCdEf; ("", "") for any other address."""
    found = urlsplit(address)
    before, _, token = found.path.rstrip("/").rpartition("/s/")
    if not token or "/" in token:
        return "", ""
    before = before.removesuffix("/index.php")
    return f"{found.scheme}://{found.netloc}{before}/public.php/webdav", token


def operator(destination: Destination, secret: str):
    """An operator with time-outs and a few retries of its own."""
    from opendal import AsyncOperator
    from opendal.layers import RetryLayer, TimeoutLayer
    if destination.kind is DestinationKind.S3:
        bucket, _, folder = destination.place.strip("/").partition("/")
        made = AsyncOperator("s3", endpoint=destination.address, bucket=bucket, root=f"/{folder}", region=destination.region or "auto",
                             access_key_id=destination.user, secret_access_key=secret, disable_config_load="true",
                             disable_ec2_metadata="true")
    else:
        endpoint, user = share_link(destination.address)
        made = AsyncOperator("webdav", endpoint=endpoint or destination.address, root=f"/{destination.place.strip('/')}",
                             username=user or destination.user, password=secret, disable_create_dir="true")
    return (made.layer(TimeoutLayer(timeout=CONTROL_SECONDS, io_timeout=WRITING_SECONDS))
            .layer(RetryLayer(max_times=_RETRIES, min_delay=0.3, max_delay=3.0, jitter=True)))


def md5(content: bytes) -> str:
    """What S3-compatible servers tell of an object; it guards against faults of theirs, not against anybody."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


class Objects:
    """One server, by opendal."""

    def __init__(self, destination: Destination, secret: str) -> None:
        self._operator, self._kind = operator(destination, secret), destination.kind

    async def put(self, name: str, content: bytes) -> None:
        """Write an object whole."""
        await self._operator.write(name, content)

    async def get(self, name: str) -> bytes:
        """Read an object whole."""
        return bytes(await self._operator.read(name))

    async def size(self, name: str) -> int | None:
        """An object's size, None where there is none."""
        import opendal.exceptions
        try:
            return (await self._operator.stat(name)).content_length
        except opendal.exceptions.NotFound:
            return None

    async def same(self, name: str, content: bytes) -> bool:
        """Whether exactly `content` lies there: by the server's own MD5 where it tells one, else read back and compared."""
        import opendal.exceptions
        try:
            if self._kind is DestinationKind.S3:
                found, digest = await asyncio.gather(self._operator.stat(name), asyncio.to_thread(md5, content))
                if found.content_length == len(content) and (found.etag or "").strip('"') == digest:
                    return True
            return bytes(await self._operator.read(name)) == content  # no copy: it hands over bytes
        except opendal.exceptions.NotFound:
            return False

    async def names(self) -> list[str]:
        """What lies there."""
        return [each.path async for each in await self._operator.list("") if not each.path.endswith("/")]

    async def delete(self, name: str) -> None:
        """Take an object away; nothing where there is none."""
        await self._operator.delete(name)

    async def close(self) -> None:
        """Nothing is held open."""
