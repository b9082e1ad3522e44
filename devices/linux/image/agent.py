"""
Holdfast's agent, the first process of the container: does controls and probes for the harness, never through a vault.
One JSON object a line: `{"id": 1, "do": "lock"}` in, `{"id": 1, "ok": ...}` or `{"id": 1, "error": "..."}` out.
Ends with its input, and everything in the container with it.
"""

import base64
import json
import os
import signal
import shutil
import stat
import subprocess
import sys

import home
import memory
import processes
from desktop_session import RUN, SERVICES, DesktopSession
from file_watch import FileWatch
from login_session import LoginSession
from process_watch import ProcessWatch
from secret_reads import SecretReads
from secret_service import LOGIN, ROOT, SESSION, Refused

DATA = os.environ["HOLDFAST_DATA"]
PLACES = (os.environ["HOME"], RUN, "/tmp", "/var/tmp", "/dev/shm")
# What the bus and systemd keep there, where no vault writes.
NOT_OURS = (SERVICES, RUN + "/systemd")
INLINE = 64 * 1024
CHUNK = 512 * 1024


class Agent:
    watched = None

    def login(self, password):
        os.makedirs(DATA, exist_ok=True)
        session = LoginSession if os.environ.get("HOLDFAST_SESSION") == "login" else DesktopSession
        self.desktop = session(password, os.environ["HOLDFAST_KEYRING"])
        self.service = self.desktop.service
        self.reads = SecretReads(self.service.bus)
        if self.watched is None:
            self.watched = ProcessWatch()
            self.made = FileWatch(DATA, [place for place in PLACES if place != RUN], self.desktop.provider.own)
        return self.machine()

    def log_in_again(self):
        """The session ends with all of its processes and its run folder. The machine and this program go on."""
        processes.end_all(seconds=2.0)
        shutil.rmtree(RUN)
        self.login(self.desktop.password)

    def machine(self):
        with open("/proc/sys/kernel/random/boot_id") as boot, open("/proc/1/stat") as first:
            return {"kernel": boot.read().strip(), "started": int(first.read().rpartition(")")[2].split()[19])}

    def state(self):
        daemon = self.service.owner()
        return {"daemon": daemon, "locked": None if daemon is None else self.service.locked()}

    def opened_by_login(self):
        """Whether the keyring was open before anybody here gave it a password."""
        return self.desktop.opened_by_login

    def lock(self):
        self.desktop.lock()
        return self.state()

    def unlock(self):
        self.desktop.unlock()
        return self.state()

    def restart(self, asked=False):
        return self.desktop.restart_keyring(signal.SIGTERM if asked else signal.SIGKILL)

    def try_password(self, password):
        self.desktop.try_password(password)
        return self.state()

    def prompter(self, answers):
        self.desktop.set_prompter(answers)

    def prompts_shown(self):
        return 0 if self.desktop.prompter is None else self.desktop.prompter.shown

    def stop_bus(self):
        self.desktop.stop_bus()

    def protect_home(self, on):
        home.protect(on)

    def fill_disk(self, on):
        home.fill(on)

    def stop(self):
        return {"before": self.desktop.stop_keyring(), "error": self.service.absence()}

    def start(self):
        self.desktop.start_keyring()
        return self.state()

    def restore(self):
        home.protect(False)
        home.fill(False)
        self.desktop.restore()
        return self.state()

    def footprint(self, namespace):
        """Null where the items cannot be seen."""
        try:
            return {"items": len(self.service.items(namespace)), "secretReads": self.reads.count()}
        except (Refused, OSError):
            return None

    def sweep(self, namespace):
        if not namespace:
            raise ValueError("an empty namespace would sweep everything")
        self.desktop.start_keyring()
        for path, _, _ in self.service.items(namespace):
            self.service.delete(path)
        # One program runs at a time: all in the data folder was of that one, whatever it is called.
        shutil.rmtree(DATA, ignore_errors=True)
        os.makedirs(DATA)
        for place in PLACES:
            for folder, folders, files in os.walk(place):
                for name in [name for name in folders if name.startswith(namespace)]:
                    folders.remove(name)
                    shutil.rmtree(os.path.join(folder, name))
                for name in [name for name in files if name.startswith(namespace)]:
                    os.unlink(os.path.join(folder, name))
        self.made.forget()

    def files(self):
        """All files of the vault, by their paths in the data folder."""
        found = []
        for folder, _, names in os.walk(DATA):
            for path in (os.path.join(folder, name) for name in names):
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                        found.append({"path": os.path.relpath(path, DATA), "mode": mode, "bytes": text(file.read())})
        return found

    def replace(self, files):
        """Makes these the vault's files, and removes what else is there. Folders stay."""
        for row in self.files():
            os.unlink(os.path.join(DATA, row["path"]))
        for row in files:
            path = os.path.join(DATA, row["path"])
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                os.fchmod(file.fileno(), row["mode"])
                file.write(base64.b64decode(row["bytes"]))

    def wipe(self):
        """
        Removes every item: the keyring is this machine's alone and one program runs at a time, so all in it was of that
        one, whatever it is called. How many there were.
        """
        found = self.service.items("")
        for path, _, _ in found:
            self.service.delete(path)
        return len(found)

    def traces(self, namespace):
        """Places where a secret may have been left. Small ones with their bytes; `file` reads the others."""
        found = [{"where": "command lines", "bytes": text(processes.command_lines())}]
        try:
            shown = json.dumps([row[1:] for row in self.service.items(namespace)], ensure_ascii=False)
            found.append({"where": "keyring labels and attributes", "bytes": text(shown.encode())})
        except (Refused, OSError):
            pass
        for place in PLACES:
            for folder, folders, files in os.walk(place):
                folders[:] = [name for name in folders if os.path.join(folder, name) not in NOT_OURS]
                for path in (os.path.join(folder, name) for name in files):
                    if os.path.isfile(path) and not os.path.islink(path):
                        size = os.path.getsize(path)
                        found.append({"where": path, "size": size, **(self.file(path, 0) if size <= INLINE else {})})
        return found

    def file(self, path, offset):
        try:
            with open(path, "rb") as file:
                file.seek(offset)
                return {"bytes": text(file.read(CHUNK))}
        except FileNotFoundError:
            return {"bytes": ""}

    def watch(self, leader):
        """A process of the vault: it and what it starts are looked at from now on."""
        self.watched.add(leader)

    def take_processes(self):
        return [{"where": where, "bytes": text(content)} for where, content in self.watched.take()]

    def take_files(self):
        return self.made.take()

    def mapped(self, leaders):
        return memory.mapped(leaders)

    def present(self, pid, ranges):
        return memory.present(pid, ranges)

    def peek(self, pid, parts):
        return memory.peek(pid, parts)

    def kill(self, leader):
        return processes.kill_family(leader)

    def alive(self, pid):
        return processes.alive(pid)

    def software(self, packages):
        form = "${Package} ${Version}\\n"
        shown = subprocess.run(["dpkg-query", "-W", "-f", form, *packages], capture_output=True, text=True).stdout
        with open("/etc/debian_version") as debian:
            versions = {"debian": debian.read().strip(), "linux": os.uname().release}
        return versions | dict(line.split() for line in shown.splitlines())

    def has(self, path):
        return os.path.exists(path)

    def note(self, path, content):
        with open(path, "w") as file:
            file.write(content)

    def create(self, namespace, secret, collection="login", client="agent"):
        """Stores an item ourselves, or by libsecret's own tool: a client that is neither the agent nor a vault. Null where there is no such collection."""
        if client == "secret-tool":
            command = ["secret-tool", "store", "--label=holdfast", "service", namespace, "username", "tool"]
            subprocess.run(command, input=secret.encode(), capture_output=True, timeout=10)
            return None
        place = LOGIN if collection == "login" else SESSION
        if place not in self.service.read(ROOT, "Service", "Collections"):
            return None
        return self.service.create(place, {"service": namespace, "username": collection}, secret.encode())

    def secret(self, item):
        """What a read gives: the value, or the error's name."""
        try:
            return {"value": self.service.secret(item).decode()}
        except Refused as refused:
            return {"error": refused.name}

    def lookup(self, namespace):
        """A read by secret-tool, which counts as a stranger's."""
        command = ["secret-tool", "lookup", "service", namespace, "username", "tool"]
        return subprocess.run(command, capture_output=True, text=True, timeout=10).stdout

    def prompt(self, seconds):
        return {"prompt": self.service.unlock_by_prompt(seconds), **self.state()}


def text(content):
    return base64.b64encode(content).decode()


def shut_down(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    processes.end_all(seconds=1.0)
    os._exit(0)


def user_has_name():
    """The session bus wants one for whoever runs it."""
    with open("/etc/passwd") as users:
        if any(line.split(":")[2] == str(os.getuid()) for line in users):
            return
    with open("/etc/passwd", "a") as users:
        users.write(f"holdfast-{os.getuid()}:x:{os.getuid()}:{os.getgid()}::{os.environ['HOME']}:/bin/sh\n")


def serve(agent):
    for line in sys.stdin:
        request = json.loads(line)
        number = request.pop("id")
        try:
            answer = {"ok": getattr(agent, request.pop("do"))(**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": number, **answer}), flush=True)


signal.signal(signal.SIGCHLD, lambda *_: processes.reap())
signal.signal(signal.SIGTERM, shut_down)
user_has_name()
serve(Agent())
shut_down()
