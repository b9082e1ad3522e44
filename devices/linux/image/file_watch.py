"""Who may use the files of the vault, as anybody sees it who waits for a file to be made (inotify(7))."""

import ctypes
import errno
import os
import select
import stat
import struct
import threading

OTHERS = 0o077
ATTRIB, MOVED_TO, CREATE = 0x4, 0x80, 0x100
EVENT = struct.Struct("iIII")
LIBC = ctypes.CDLL(None, use_errno=True)


class FileWatch:
    def __init__(self, data, places, strangers):
        """`data`: all in it is the vault's. `places`: what is made there is, but for paths that begin as a stranger's."""
        self.data, self.strangers = data, strangers
        self.lock = threading.Lock()
        self.folders, self.made, self.files, self.born = {}, set(), set(), {}
        self.inotify = LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.inotify < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        for place in places:
            self.enter(place)
        # What was there before is nobody's.
        self.made, self.files, self.born = set(), set(), {}
        threading.Thread(target=self.run, daemon=True).start()

    def take(self):
        """How many files were seen since the last call, and those that others may use."""
        with self.lock:
            self.drain()
            left = {}
            inside = [os.path.join(folder, name) for folder, _, names in os.walk(self.data) for name in names]
            for path in [*inside, *self.made]:
                mode = self.see(path)
                if mode is not None and mode & OTHERS:
                    left[path] = mode
            found = [self.row(path, mode, "left") for path, mode in sorted(left.items())]
            found += [self.row(path, mode, "born") for path, mode in sorted(self.born.items()) if path not in left]
            count = len(self.files)
            self.files, self.born = set(), {}
            return {"files": count, "open": found}

    def forget(self):
        """What was made until now is of no vault any more."""
        with self.lock:
            self.drain()
            self.made, self.files, self.born = set(), set(), {}

    def row(self, path, mode, when):
        inside = path.startswith(self.data + "/")
        return {"where": os.path.relpath(path, self.data) if inside else path, "mode": mode, "when": when}

    def run(self):
        while True:
            select.select([self.inotify], [], [])
            with self.lock:
                self.drain()

    def drain(self):
        while True:
            try:
                events = os.read(self.inotify, 65536)
            except BlockingIOError:
                return
            at = 0
            while at < len(events):
                watch, mask, _, length = EVENT.unpack_from(events, at)
                name = events[at + EVENT.size : at + EVENT.size + length].rstrip(b"\0").decode(errors="surrogateescape")
                at += EVENT.size + length
                if watch in self.folders and name and mask & (ATTRIB | MOVED_TO | CREATE):
                    self.look(os.path.join(self.folders[watch], name))

    def enter(self, folder):
        if folder.startswith(self.strangers):
            return
        watch = LIBC.inotify_add_watch(self.inotify, os.fsencode(folder), ATTRIB | MOVED_TO | CREATE)
        if watch < 0:
            # It is gone again, or somebody else's.
            if ctypes.get_errno() in (errno.ENOENT, errno.EACCES, errno.ENOTDIR):
                return
            raise OSError(ctypes.get_errno(), f"inotify_add_watch {folder}")
        self.folders[watch] = folder
        try:
            for name in os.listdir(folder):
                self.look(os.path.join(folder, name))
        except OSError:
            pass

    def look(self, path):
        try:
            if stat.S_ISDIR(os.lstat(path).st_mode):
                return self.enter(path)
        except OSError:
            return
        mode = self.see(path)
        if mode is not None:
            self.made.add(path)
            if mode & OTHERS:
                self.born.setdefault(path, mode)

    def see(self, path):
        """The mode of a file of the vault; None where it is none."""
        if path.startswith(self.strangers):
            return None
        try:
            entry = os.lstat(path)
        except OSError:
            return None
        if not stat.S_ISREG(entry.st_mode):
            return None
        self.files.add(path)
        return stat.S_IMODE(entry.st_mode)
