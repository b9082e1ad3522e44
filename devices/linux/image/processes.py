"""The processes of this machine, read from /proc."""

import os
import signal
import time

KILL_SECONDS = 5.0


def stat(pid):
    """(state, parent, group, session) or None where there is no such process."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return fields[0], int(fields[1]), int(fields[2]), int(fields[3])
    except (FileNotFoundError, ProcessLookupError):
        return None


def alive(pid):
    seen = stat(pid)
    return seen is not None and seen[0] not in "ZX"


def gone(pid):
    return not alive(pid)


def all_alive():
    """All of this user's but this process. A container has no others."""
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in pids if pid != os.getpid() and owner(pid) == os.getuid() and alive(pid)]


def owner(pid):
    try:
        return os.stat(f"/proc/{pid}").st_uid
    except FileNotFoundError:
        return None


def family(leader):
    """The leader, its group, its session and all their descendants."""
    seen = {pid: stat(pid) for pid in all_alive()}
    found = {pid for pid, row in seen.items() if row and (pid == leader or leader in row[1:])}
    while True:
        more = {pid for pid, row in seen.items() if row and row[1] in found} - found
        if not more:
            return found
        found |= more


def kill_family(leader):
    """Kills at once, and again what was forked meanwhile. Returns how many died; raises if any lives on."""
    died = set()
    end = time.monotonic() + KILL_SECONDS
    while True:
        living = family(leader)
        if not living:
            return len(died)
        if time.monotonic() > end:
            raise TimeoutError(f"processes {sorted(living)} outlive SIGKILL")
        for pid in living - died:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        died |= living
        time.sleep(0.001)


def end_all(seconds):
    """Asks everything to end, as a machine that shuts down does, and kills what stays."""
    try:
        os.kill(-1, signal.SIGTERM)
    except ProcessLookupError:
        return
    end = time.monotonic() + seconds
    while all_alive() and time.monotonic() < end:
        time.sleep(0.002)
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


def reap():
    """The first process of a machine buries everybody's dead."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def command_lines():
    lines = []
    for pid in all_alive():
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                lines.append(file.read().replace(b"\0", b" "))
        except OSError:
            pass
    return b"\n".join(lines)
