"""A lock of the operating system on an open file: it ends with the process, however it ends."""

from __future__ import annotations

import errno
import os
import sys

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""Error numbers that mean: somebody else has it."""

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # locked bytes cannot be read by others: lock one beyond the text

    def system_lock(handle: int) -> None:
        """Take the lock of an open file without waiting; OSError when it is held or not possible."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def system_lock(handle: int) -> None:
        """Take the lock of an open file without waiting; OSError when it is held or not possible."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
