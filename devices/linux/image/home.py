"""The home of the machine's user: who may write there, and whether there is room."""

import errno
import os
import stat

FILLER = os.environ["HOME"] + "/.holdfast-filler"


def protect(on):
    """Takes the right to make, change or remove a file from every folder of the home, or gives it back."""
    for folder, folders, _ in os.walk(os.environ["HOME"]):
        mode = stat.S_IMODE(os.stat(folder).st_mode)
        if os.stat(folder).st_uid == os.getuid():
            os.chmod(folder, mode & ~0o222 if on else mode | 0o200)


def fill(on):
    """Takes all room of the home's disk that its user may have, or gives it back. Nothing is written: it is only claimed."""
    if not on:
        if os.path.exists(FILLER):
            os.unlink(FILLER)
        return
    with open(FILLER, "ab") as filler:
        size = os.fstat(filler.fileno()).st_size
        piece = 1 << 40
        while piece >= 512:
            try:
                os.posix_fallocate(filler.fileno(), size, piece)
                size += piece
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EFBIG):
                    raise
                piece //= 2
