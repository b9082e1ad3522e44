"""The memory of processes, as any other process of the same user may read it: it is searched elsewhere."""

import base64
import os
import re
import zlib

import processes

PAGE = os.sysconf("SC_PAGE_SIZE")
ENTRY = 8
# In the highest byte of a page's entry: it is in memory, or swapped out. Most of what a script engine maps never was.
THERE = re.compile(rb"[\x40-\xff]+")


def families(leaders):
    return sorted(set().union(*(processes.family(leader) for leader in leaders)))


def mapped(leaders):
    """What the processes of these leaders have mapped, or null where that may not be read; swap and core dumps too."""
    with open("/proc/swaps") as swaps, open("/proc/sys/kernel/core_pattern") as pattern:
        areas, cores = len(swaps.readlines()) - 1, pattern.read().strip()
    return {"swapAreas": areas, "corePattern": cores, "processes": [about(pid) for pid in families(leaders)]}


def about(pid):
    swapped = re.search(r"^VmSwap:\s+(\d+)", told(pid, "status"), re.MULTILINE)
    core = re.search(r"^Max core file size\s+(\S+)\s+(\S+)", told(pid, "limits"), re.MULTILINE)
    return {
        "pid": pid,
        "maps": told(pid, "maps") if readable(pid) else None,
        "swappedKiB": int(swapped[1]) if swapped else 0,
        "coreLimits": [core[1], core[2]] if core else ["unknown", "unknown"],
    }


def readable(pid):
    """Not where the process has forbidden it, prctl(PR_SET_DUMPABLE), or the kernel forbids it to all, ptrace_scope."""
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))
        return True
    except OSError:
        return False


def told(pid, file):
    """Empty where the process is gone, or does not let itself be looked at."""
    try:
        with open(f"/proc/{pid}/{file}") as text:
            return text.read()
    except OSError:
        return ""


def present(pid, ranges):
    """The parts of these ranges of addresses that were ever used. All of them where the kernel does not tell."""
    found = []
    try:
        with open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pagemap:
            for start, end in ranges:
                entries = os.pread(pagemap.fileno(), (end - start) // PAGE * ENTRY, start // PAGE * ENTRY)
                if len(entries) != (end - start) // PAGE * ENTRY:
                    found.append([start, end])
                    continue
                for run in THERE.finditer(entries[ENTRY - 1 :: ENTRY]):
                    found.append([start + run.start() * PAGE, start + run.end() * PAGE])
        return found
    except OSError:
        return ranges


def peek(pid, parts):
    """The bytes of these parts one after the other, packed, and how many of each could be read."""
    got = []
    try:
        memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    except OSError:
        return {"got": [0] * len(parts), "packed": ""}
    try:
        for start, end in parts:
            try:
                got.append(os.pread(memory, end - start, start))
            except OSError:
                got.append(b"")
    finally:
        os.close(memory)
    return {"got": [len(one) for one in got], "packed": base64.b64encode(zlib.compress(b"".join(got), 1)).decode()}
