"""A child process that does one kind of work on what it is sent, over two pipes in frames of bounded length; killed when it is late."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import time
from typing import BinaryIO

HEAD = struct.Struct("<cI")
_KEPT = ("SYSTEMROOT", "WINDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "_MEIPASS2", "_PYI_ARCHIVE_FILE",
         "_PYI_APPLICATION_HOME_DIR", "_PYI_PARENT_PROCESS_LEVEL")
_PIECE = 1 << 20


class Ended(Exception):
    """The child has ended instead of answering: `late` where its own watchdog or ours ended it."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


def command(kind: str) -> list[str]:
    """How this program starts itself as a child of that kind, from a checkout or as an installed bundle."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-I", "-m", "dpdesk"]
    return [*program, "--child", kind]


class Child:
    """One child, started when it is first needed; `most` bytes is the longest answer it may give."""

    def __init__(self, kind: str, most: int, patience: float) -> None:
        self._kind, self._most, self._patience = kind, most, patience
        self._process: subprocess.Popen | None = None

    @property
    def running(self) -> bool:
        """Whether there is a process now."""
        return self._process is not None

    def start(self) -> None:
        """Start the process now rather than at the first `send`."""
        if self._process is None:
            kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
            self._process = subprocess.Popen(command(self._kind), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=subprocess.DEVNULL, bufsize=0, env=kept, close_fds=True,
                                             creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
            _widen(self._process)

    def send(self, tag: bytes, *pieces: bytes) -> None:
        """Send one frame; raises `Ended`."""
        self.start()
        assert self._process is not None and self._process.stdin is not None
        try:
            for piece in (HEAD.pack(tag, sum(map(len, pieces))), *pieces):
                write_all(self._process.stdin, piece)
        except OSError:
            raise Ended(late=self._ended_late()) from None

    def receive(self) -> tuple[bytes, memoryview]:
        """The next frame (tag, content); raises `Ended` where the child ended, is late, or breaks the bounds."""
        until = time.monotonic() + self._patience
        tag, length = HEAD.unpack(self._exactly(HEAD.size, until))
        if length > self._most:
            self.kill()
            raise Ended(late=False)
        return tag, memoryview(self._exactly(length, until))

    def _exactly(self, count: int, until: float) -> bytearray:
        assert self._process is not None and self._process.stdout is not None
        found, at, place = bytearray(count), 0, self._process.stdout.fileno()
        view = memoryview(found)
        while at < count:
            if not _readable(place, until):
                self.kill()
                raise Ended(late=True)
            got = os.readv(place, [view[at:]]) if hasattr(os, "readv") else _read_into(place, view[at:])
            if not got:
                raise Ended(late=self._ended_late())
            at += got
        return found

    def _ended_late(self) -> bool:
        """Whether the process, which has ended or is ending, was ended for taking too long."""
        process = self._process
        late = False
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                late = process.wait(5) in (1, -24)  # the watchdog's exit; SIGXCPU
        self.kill()
        return late

    def cut(self) -> None:
        """End the process from another thread; whoever waits for its answer is told that it ended."""
        process = self._process
        if process is not None:
            process.kill()

    def kill(self) -> None:
        """End the process at once, whatever it does; the next `send` starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


def write_all(pipe: BinaryIO, content: bytes | memoryview) -> None:
    """Write all of it: an unbuffered pipe may take less at a time."""
    view = memoryview(content)
    while view:
        view = view[pipe.write(view[:_PIECE]):]


def read_exactly(pipe: BinaryIO, count: int) -> bytearray:
    """That many bytes; raises `EOFError` where the other side has gone."""
    found, at = bytearray(count), 0
    while at < count:
        got = pipe.readinto(memoryview(found)[at:])  # type: ignore[attr-defined]
        if not got:
            raise EOFError
        at += got
    return found


def _read_into(place: int, view: memoryview) -> int:
    piece = os.read(place, min(len(view), _PIECE))
    view[:len(piece)] = piece
    return len(piece)


def _readable(place: int, until: float) -> bool:
    """Wait until a pipe has something, or its end, to give."""
    left = until - time.monotonic()
    if sys.platform != "win32":
        import select
        return bool(select.select([place], [], [], max(0.0, left))[0])
    return _peeked(place, until)


def _peeked(place: int, until: float) -> bool:
    """As `_readable` on Windows, where pipes cannot be waited for: looked at again and again."""
    import ctypes
    import msvcrt
    handle = ctypes.c_void_p(msvcrt.get_osfhandle(place))  # type: ignore[attr-defined]
    there = ctypes.c_uint32()
    while time.monotonic() < until:
        answered = ctypes.windll.kernel32.PeekNamedPipe(handle, None, 0, None, ctypes.byref(there), None)  # type: ignore[attr-defined]
        if not answered or there.value:
            return True
        time.sleep(0.002)
    return False


def _widen(process: subprocess.Popen) -> None:
    """A page goes through a wide pipe in a few pieces instead of sixty."""
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import fcntl
        for pipe in (process.stdin, process.stdout):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIECE)  # type: ignore[arg-type]
