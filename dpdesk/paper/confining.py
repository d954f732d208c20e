"""What a child process gives up before it touches anything from outside: network, files, other programs, endless memory and time."""

from __future__ import annotations

import contextlib
import ctypes
import sys

MEMORY = 1536 << 20
"""Bytes of address space a child may have."""
_DENIED = {  # by machine: its number, then calls that open, connect, run, signal or trace; what is denied answers "not permitted"
    "x86_64": (0xC000003E, (2, 41, 42, 49, 50, 53, 57, 58, 59, 62, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 101, 165, 257, 258, 263, 264,
                            265, 266, 272, 308, 310, 311, 316, 321, 322, 425, 426, 427, 437)),
    "aarch64": (0xC00000B7, (34, 35, 36, 37, 38, 40, 45, 46, 53, 56, 97, 117, 129, 198, 199, 200, 201, 203, 221, 268, 270, 271, 276, 280,
                             281, 425, 426, 427, 437)),
}
_OTHER_TABLE = 0x40000000  # x86-64's second table of calls, which would go round the first
_LOAD, _EQUAL, _AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06
_ALLOW, _NOT_PERMITTED, _KILL = 0x7FFF0000, 0x00050001, 0x80000000


def bound(memory: int = MEMORY) -> None:
    """Before anything is loaded: no core dumps, no file of any size, memory bounded (on Windows by a job, with no second process)."""
    if sys.platform == "win32":
        _into_job(memory)
        return
    import resource
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, memory)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def confine() -> bool:
    """Once everything needed is loaded: no sockets, no files, no programs. False where this system offers no such thing."""
    if sys.platform == "linux":
        return _filter_calls()
    if sys.platform == "darwin":
        return _sandbox()
    return False


def on_the_clock(seconds: int) -> None:
    """End the process when the next piece of work takes longer: by its own watchdog, and by processor time where that is counted."""
    import faulthandler
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, resource.RLIM_INFINITY))


def off_the_clock() -> None:
    """The piece of work is done."""
    import faulthandler
    faulthandler.cancel_dump_traceback_later()


_NOWHERE: list[int] = []


def _nowhere() -> int:
    """A place for the watchdog's trace, opened while files may still be opened."""
    if not _NOWHERE:
        import os
        _NOWHERE.append(os.open(os.devnull, os.O_WRONLY))
    return _NOWHERE[0]


def _filter_calls() -> bool:
    """A seccomp filter: opening files, sockets, programs, signals to others and tracing are refused from now on."""
    import os
    machine = os.uname().machine
    if machine not in _DENIED:
        return False
    _nowhere()
    architecture, calls = _DENIED[machine]
    code = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_ANSWER, 0, 0, _KILL), (_LOAD, 0, 0, 0),
            (_AT_LEAST, len(calls) + 1, 0, _OTHER_TABLE)]
    code += [(_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)]
    code += [(_ANSWER, 0, 0, _ALLOW), (_ANSWER, 0, 0, _NOT_PERMITTED)]

    class Instruction(ctypes.Structure):
        _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))

    class Program(ctypes.Structure):
        _fields_ = (("len", ctypes.c_uint16), ("filter", ctypes.POINTER(Instruction)))

    lines = (Instruction * len(code))(*(Instruction(*each) for each in code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0:  # PR_SET_NO_NEW_PRIVS
        return False
    return libc.prctl(22, 2, ctypes.byref(Program(len(code), lines)), 0, 0) == 0  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def _sandbox() -> bool:
    """macOS: its named profile that allows computing alone."""
    try:
        system = ctypes.CDLL("/usr/lib/libSystem.B.dylib")
        return system.sandbox_init(b"pure-computation", 1, ctypes.byref(ctypes.c_char_p())) == 0
    except (OSError, AttributeError):
        return False


def _into_job(memory: int) -> None:
    """Windows: this process into a job of its own that holds one process and so much memory, and ends with it."""
    class Basic(ctypes.Structure):
        _fields_ = (("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
                    ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", ctypes.c_uint32),
                    ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32))

    class Extended(ctypes.Structure):
        _fields_ = (("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
                    ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t))

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = Extended()
    limits.basic.flags = 0x8 | 0x100 | 0x400 | 0x2000  # one process, memory of a process, die on an unhandled fault, end with the job
    limits.basic.processes, limits.process_memory = 1, memory
    kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
