"""Memory of a process that decodes pictures: what one of them needed goes back to the system when it is done."""

from __future__ import annotations

import contextlib
import ctypes

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # malloc.h of glibc
LARGE = 128 * 1024  # bytes; a piece of a file is larger
ABSENT = (AttributeError, OSError, TypeError)  # other C libraries have no such call and need none


def return_large_buffers() -> None:
    """Let the C library take every large buffer from the system by itself and give it back when it is freed.

    glibc stops doing so after the first buffer of some megabytes is freed, and keeps later ones in heaps, up to eight
    for each processor: workers grew from 150 to 580 MB over twenty photos, and stay below 300 so (python -m bench
    photos). The price is a call to the kernel for each buffer of that size; pages are smaller.
    """
    with contextlib.suppress(*ABSENT):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
        library.mallopt(M_ARENA_MAX, 2)


def give_back_free_memory() -> None:
    """Return what lies free between small buffers, too: some milliseconds after a picture of some hundred."""
    with contextlib.suppress(*ABSENT):
        ctypes.CDLL(None).malloc_trim(0)
