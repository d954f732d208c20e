"""Seals files into a package and takes one apart again: everything is checked before anything of it is handed on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dpdesk.domain.errors import Cancelled
from dpdesk.domain.packages import FILES, LONGEST_MANIFEST, MANIFEST, SIGNATURE, SIGNED_AS, BadPackage, Item, Manifest, check_items, read
from dpdesk.sealed.container import BLOCK, CHUNK, END, Reader, Source, padding, write_file
from dpdesk.sealed.signing import verified

MAGIC = b"age-encryption.org/v1\n"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Content:
    """A file to be sealed: its name inside, and a way to its bytes that may be walked more than once."""

    name: str
    chunks: Callable[[], Iterator[bytes]]


def file_content(path: Path, name: str = "") -> Content:
    """A file of the disk."""
    def chunks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                yield part
    return Content(name or path.name, chunks)


def held(name: str, content: bytes) -> Content:
    """A file held in memory."""
    return Content(name, lambda: iter((content,)))


def measured(contents: Sequence[Content], cancelled: Callable[[], bool] = lambda: False) -> tuple[Item, ...]:
    """Size and hash of each file, as the manifest names them; raises `BadPackage` for a name that may not be."""
    items = []
    for content in contents:
        digest, size = hashlib.sha256(), 0
        for part in content.chunks():
            if cancelled():
                raise Cancelled()
            digest.update(part)
            size += len(part)
        items.append(Item(content.name, size, digest.hexdigest()))
    check_items(tuple(items))
    return tuple(items)


def _worker(*words: str, **pipes) -> subprocess.Popen:
    quiet = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TEMP", "TMP") if name in os.environ}
    hidden = {"creationflags": subprocess.CREATE_NO_WINDOW} if os.name == "nt" else {}  # type: ignore[attr-defined]
    return subprocess.Popen([sys.executable, "-m", "dpdesk.sealed.worker", *words], stderr=subprocess.PIPE,
                            cwd=Path(__file__).parents[2], env=quiet, **hidden, **pipes)


def _reason(process: subprocess.Popen) -> str:
    said = process.stderr.read(4_096) if process.stderr else b""
    process.wait()
    return _code_in(said)


def _code_in(said: bytes) -> str:
    try:
        return str(json.loads(said.splitlines()[-1])["reason"])
    except (ValueError, IndexError, KeyError, TypeError):
        return "worker"


@contextlib.contextmanager
def _ended(process: subprocess.Popen) -> Iterator[subprocess.Popen]:
    """The process, ended whatever happens."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


@contextlib.contextmanager
def run_worker(*words: str, **pipes) -> Iterator[tuple[subprocess.Popen, Callable[[bytes], str]]]:
    """A worker and a way to read the code in what it said on stderr; it is ended with the block."""
    with _ended(_worker(*words, **pipes)) as process:
        yield process, _code_in


def encrypt(target: BinaryIO, recipients: Sequence[str], write: Callable[[BinaryIO], None]) -> None:
    """Seal what `write(stream)` writes to the age keys `recipients`, into the open file `target`."""
    if not recipients:
        raise BadPackage("nobody")
    target.flush()
    with _ended(_worker("seal", *recipients, stdin=subprocess.PIPE, stdout=target)) as process:
        try:
            write(process.stdin)
            process.stdin.close()
        except (BrokenPipeError, ConnectionResetError):
            pass
        if process.wait() != 0:
            code = _reason(process)
            raise BadPackage("no_key" if code == "altered" else code)


def seal(target: BinaryIO, manifest: Manifest, sign: Callable[[bytes], bytes], contents: Sequence[Content],
         progress: Progress = lambda done, total: None, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Write the package of `manifest` into `target`; `changed` where a file is not what was measured any more."""
    said = manifest.canonical()
    signature = sign(SIGNED_AS + said)

    def write(stream: BinaryIO) -> None:
        done = 0
        write_file(stream, MANIFEST, len(said), iter((said,)))
        write_file(stream, SIGNATURE, len(signature), iter((signature,)))
        for item, content in zip(manifest.items, contents, strict=True):
            digest = hashlib.sha256()

            def counted(content=content, digest=digest) -> Iterator[bytes]:
                nonlocal done
                for part in content.chunks():
                    if cancelled():
                        raise Cancelled()
                    digest.update(part)
                    done += len(part)
                    progress(done, manifest.size)
                    yield part
            write_file(stream, FILES + item.name, item.size, counted())
            if digest.hexdigest() != item.sha256:
                raise BadPackage("changed")
        stream.write(END)
    encrypt(target, manifest.recipients, write)


@contextlib.contextmanager
def decrypted(path: Path, identity: str) -> Iterator[Source]:
    """The plain bytes of an age file as they come; all of them have verified once the block ends well. Raises `BadPackage`."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BadPackage("not_a_package")
    with _ended(_worker("open", str(path.absolute()), stdin=subprocess.PIPE, stdout=subprocess.PIPE)) as process:
        with contextlib.suppress(OSError):
            process.stdin.write(f"{identity}\n".encode())
            process.stdin.close()
        try:
            yield process.stdout
        except BadPackage as problem:
            if problem.code == "cut" and not process.stdout.read(1) and process.wait() != 0:
                raise BadPackage(_reason(process)) from problem
            raise
        if process.stdout.read(1):
            raise BadPackage("altered")
        if process.wait() != 0:
            raise BadPackage(_reason(process))


Sink = Callable[[Item, Iterator[bytes]], None]


def _passing_by(item: Item, chunks: Iterator[bytes]) -> None:
    for _part in chunks:
        pass


def walk(source: Source, admit: Callable[[Manifest], None], sink: Sink = _passing_by, progress: Progress = lambda done, total: None,
         cancelled: Callable[[], bool] = lambda: False) -> Manifest:
    """Check a container front to back: the manifest's signature, then `admit(manifest)`, then each file's size and hash.

    `sink(item, chunks)` sees each file's bytes before its hash is known: what it makes of them counts only when this returns.
    """
    reader = Reader(source)
    said = reader.whole(reader.next_is(MANIFEST), LONGEST_MANIFEST)
    signature = reader.whole(reader.next_is(SIGNATURE), 64)
    manifest = read(said)
    if not verified(manifest.sender.signing, signature, SIGNED_AS + said):
        raise BadPackage("forged")
    admit(manifest)
    done = 0
    for item in manifest.items:
        if reader.next_is(FILES + item.name) != item.size:
            raise BadPackage("altered")
        digest = hashlib.sha256()

        def counted(digest=digest, size=item.size) -> Iterator[bytes]:
            nonlocal done
            for part in reader.chunks(size):
                if cancelled():
                    raise Cancelled()
                digest.update(part)
                done += len(part)
                progress(done, manifest.size)
                yield part
        chunks = counted()
        sink(item, chunks)
        _passing_by(item, chunks)
        if digest.hexdigest() != item.sha256:
            raise BadPackage("altered")
    reader.end()
    return manifest


def sealed_size(path: Path, plain: int) -> int:
    """How long an age file of `plain` bytes is, judged by its own header; 0 where the header cannot be read."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    at = head.find(b"\n---")
    end = head.find(b"\n", at + 1)
    return 0 if at < 0 or end < 0 else end + 1 + 16 + plain + 16 * max(1, -(-plain // (64 * 1024)))


def _whole_size(manifest: Manifest) -> int:
    sizes = (len(manifest.canonical()), 64, *(item.size for item in manifest.items))
    return sum(BLOCK + size + len(padding(size)) for size in sizes) + len(END)


@contextlib.contextmanager
def _cut_or_altered(path: Path) -> Iterator[list[Manifest]]:
    """Tell a package that ends early from one that was altered, where its manifest is known."""
    known: list[Manifest] = []
    try:
        yield known
    except BadPackage as problem:
        if problem.code == "altered" and known and path.stat().st_size < sealed_size(path, _whole_size(known[0])):
            raise BadPackage("cut") from problem
        raise


def inspect(path: Path, identity: str, admit: Callable[[Manifest], None], progress: Progress = lambda done, total: None,
            cancelled: Callable[[], bool] = lambda: False) -> Manifest:
    """Check all of a package and write nothing."""
    with _cut_or_altered(path) as known, decrypted(path, identity) as source:
        def note(manifest: Manifest) -> None:
            known.append(manifest)
            admit(manifest)
        return walk(source, note, progress=progress, cancelled=cancelled)


def unpack(path: Path, identity: str, admit: Callable[[Manifest], None], sink: Sink, progress: Progress = lambda done, total: None,
           cancelled: Callable[[], bool] = lambda: False) -> Manifest:
    """Check all of a package first, then once more handing each file to `sink`, whose work counts only when this returns."""
    first = inspect(path, identity, admit, progress, cancelled)

    def same(manifest: Manifest) -> None:
        if manifest != first:
            raise BadPackage("altered")
    with decrypted(path, identity) as source:
        return walk(source, same, sink, progress, cancelled)
