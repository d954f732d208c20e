"""WebDAV and S3 on a server with a pinned key: how one signs in, and how one lists."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.portal.objects import md5, share_link
from dpdesk.portal.pinned import Answer, Pinned

_FIND = b'<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/></d:prop></d:propfind>'
_DAV = "{DAV:}"


def pinned(destination: Destination, secret: str) -> Pinned:
    """The server of a destination whose key an officer compared."""
    return (PinnedS3 if destination.kind is DestinationKind.S3 else PinnedDav)(destination, secret)


def _tree(answer: Answer) -> ElementTree.Element:
    if b"<!DOCTYPE" in answer.content[:10_000].upper():
        raise OSError("a document type has no business here")
    return ElementTree.fromstring(answer.content)


class PinnedDav(Pinned):
    """WebDAV with basic authentication."""

    def __init__(self, destination: Destination, secret: str) -> None:
        shared, user = share_link(destination.address)
        super().__init__(destination, shared or destination.address, destination.place)
        known = f"{user or destination.user}:{secret}"
        self._known = {"Authorization": f"Basic {base64.b64encode(known.encode()).decode()}"} if known != ":" else {}

    def signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        """Name and password."""
        return self._known

    async def names(self) -> list[str]:
        """What lies there."""
        answer = await self.ask("PROPFIND", self.root, "", _FIND, Depth="1", Content_Type="application/xml")
        if answer.status != 207:
            raise answer.refused()
        found = []
        for each in _tree(answer).iter(f"{_DAV}response"):
            path = unquote(urlsplit(each.findtext(f"{_DAV}href") or "").path)
            if not path.endswith("/") and each.find(f".//{_DAV}collection") is None:
                found.append(path.rpartition("/")[2])
        return found


class PinnedS3(Pinned):
    """S3 by signature version 4, the bucket in the path."""

    def __init__(self, destination: Destination, secret: str) -> None:
        super().__init__(destination, destination.address, destination.place)
        self._user, self._secret, self._region = destination.user, secret, destination.region or "us-east-1"
        bucket, _, folder = destination.place.strip("/").partition("/")
        self._bucket = f"/{quote(bucket, safe='-_.~')}"
        self._prefix = f"{folder}/" if folder else ""

    def signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        """Signature version 4 over method, path, query, host, time and the hash of the body."""
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        digest, scope = hashlib.sha256(body).hexdigest(), f"{now[:8]}/{self._region}/s3/aws4_request"
        headers = {"x-amz-content-sha256": digest, "x-amz-date": now}
        names = ";".join(("host", *headers))
        request = "\n".join((method, path, query, f"host:{self.authority}", *(f"{name}:{value}" for name, value in headers.items()), "",
                             names, digest))
        said = "\n".join(("AWS4-HMAC-SHA256", now, scope, hashlib.sha256(request.encode()).hexdigest()))
        key = f"AWS4{self._secret}".encode()
        for part in (*scope.split("/"), said):
            key = hmac.digest(key, part.encode(), "sha256")
        known = f"AWS4-HMAC-SHA256 Credential={self._user}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
        return {**headers, "authorization": known}

    async def same(self, name: str, content: bytes) -> bool:
        """Whether exactly `content` lies there: by the server's own MD5 where it tells one, else read back and compared."""
        answer, digest = await asyncio.gather(self.ask("HEAD", self.root + name), asyncio.to_thread(md5, content))
        told = answer.headers.get("ETag", "").strip('"') if answer.status == 200 else ""
        return told == digest or await super().same(name, content)

    async def names(self) -> list[str]:
        """What lies there, a thousand at a time."""
        found, after = [], ""
        while True:
            wanted = {"continuation-token": after, "list-type": "2", "prefix": self._prefix}
            query = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in wanted.items() if value or name == "prefix")
            answer = await self.ask("GET", self._bucket, query)
            if answer.status != 200:
                raise answer.refused()
            tree = _tree(answer)
            space = tree.tag.rpartition("}")[0] + "}" if "}" in tree.tag else ""
            keys = [each.text or "" for each in tree.iter(f"{space}Key")]
            found += [key.removeprefix(self._prefix) for key in keys if not key.endswith("/")]
            after = tree.findtext(f"{space}NextContinuationToken") or ""
            if not after:
                return [name for name in found if "/" not in name]
