"""Arguments and environments of the vault's processes and of those they start, also of such as come and go."""

import os
import threading
import time

import processes

# Seconds between two looks: a process that lives for less may come and go unseen.
EVERY = 0.004
# Seconds for which a new process is looked at each time: its arguments are its parent's until it becomes its program.
YOUNG = 0.2
PLACES = (("cmdline", "arguments"), ("environ", "environment"))


class ProcessWatch:
    def __init__(self):
        self.lock = threading.Lock()
        self.members = set()
        self.known = {}
        self.seen = set()
        self.wanted = threading.Event()
        threading.Thread(target=self.run, daemon=True).start()

    def add(self, leader):
        with self.lock:
            self.members.add(leader)
            self.known.pop(leader, None)
            self.wanted.set()

    def take(self):
        """What was seen since the last call."""
        with self.lock:
            self.look()
            for pid in self.members:
                self.note(pid)
            taken, self.seen = self.seen, set()
            return sorted(taken)

    def run(self):
        while self.wanted.wait():
            with self.lock:
                self.look()
            time.sleep(EVERY)

    def look(self):
        now = time.monotonic()
        there = {int(name) for name in os.listdir("/proc") if name.isdigit()}
        self.known = {pid: self.known.get(pid, now) for pid in there}
        self.members &= there
        if not self.members:
            self.wanted.clear()
            return
        for pid in [pid for pid, since in self.known.items() if now - since < YOUNG]:
            row = processes.stat(pid)
            if pid in self.members or (row and not self.members.isdisjoint(row[1:])):
                self.members.add(pid)
                self.note(pid)

    def note(self, pid):
        for file, where in PLACES:
            try:
                with open(f"/proc/{pid}/{file}", "rb", buffering=0) as source:
                    content = source.read()
            except OSError:
                continue
            if content:
                self.seen.add((where, content))
