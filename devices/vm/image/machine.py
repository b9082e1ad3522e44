"""
Holdfast's hand in the machine: starts processes for the harness and carries their outputs, over a port of QEMU. One JSON
object a line; `devices/vm/port-lines.ts` has the same with types. Run by root at the start of the machine, which is shut
down in good order when the far side is gone, or says stop. Run as `machine.py session` by somebody who has logged in, it
starts processes in their session, and ends with it.
"""

import base64
import json
import os
import selectors
import subprocess
import sys

MACHINE, SESSION = "holdfast-machine", "holdfast-session"
USER = 1000
PIECE = 48 * 1024
# Bytes of one output that may be on their way before the far side has said that it took them.
WINDOW = 256 * 1024


def find_port(wanted):
    folder = "/sys/class/virtio-ports"
    for port in os.listdir(folder):
        with open(f"{folder}/{port}/name") as name:
            if name.read().strip() == wanted:
                return f"/dev/{port}"
    raise FileNotFoundError(f"this machine has no port '{wanted}'")


class Machine:
    def __init__(self, port):
        self.port = os.open(find_port(port), os.O_RDWR)
        self.watched = selectors.DefaultSelector()
        self.watched.register(self.port, selectors.EVENT_READ, self.receive)
        self.partial = b""
        self.running = {}
        self.over = False

    def say(self, **line):
        rest = json.dumps(line).encode() + b"\n"
        while rest:
            rest = rest[os.write(self.port, rest) :]

    def serve(self):
        with open("/proc/sys/kernel/random/boot_id") as boot, open("/proc/stat") as kernel:
            started = next(int(line.split()[1]) for line in kernel if line.startswith("btime"))
            # Whoever had this port before may have ended in the middle of a line.
            os.write(self.port, b"\n")
            self.say(hello={"boot": boot.read().strip(), "started": started})
        while not self.over:
            for key, _ in self.watched.select():
                key.data()

    def receive(self):
        piece = os.read(self.port, 1 << 20)
        if not piece:
            self.over = True
            return
        *lines, self.partial = (self.partial + piece).split(b"\n")
        for line in lines:
            asked = json.loads(line)
            getattr(self, asked.pop("do"))(**asked)

    def run(self, process, command, environment, user):
        try:
            self.running[process] = Process(self, process, command, environment, user)
        except OSError as error:
            self.say(of=process, err=text(f"{command[0]}: {error.strerror}\n".encode()))
            self.say(of=process, ended=127)

    def give(self, process, input):
        if process in self.running:
            self.running[process].give(base64.b64decode(input))

    def more(self, process, output, bytes):
        if process in self.running:
            self.running[process].taken(output, bytes)

    def stop(self):
        self.over = True


class Process:
    """One that was started for the harness. Its end is told after all that it said."""

    def __init__(self, machine, number, command, environment, user):
        self.machine, self.number = machine, number
        ids = {"user": USER, "group": USER, "extra_groups": [USER]} if user != "root" and os.getuid() == 0 else {}
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
            cwd="/holdfast",
            env=INHERITED | environment,
            **ids,
        )
        self.waiting = b""
        self.outputs = {"out": self.child.stdout, "err": self.child.stderr}
        self.unread = {"out": 0, "err": 0}
        for file in (self.child.stdin, *self.outputs.values()):
            os.set_blocking(file.fileno(), False)
        self.says = {name: lambda name=name: self.carry(name) for name in self.outputs}
        for name, file in self.outputs.items():
            machine.watched.register(file, selectors.EVENT_READ, self.says[name])
        self.ending = os.pidfd_open(self.child.pid)
        machine.watched.register(self.ending, selectors.EVENT_READ, self.end)
        machine.say(of=number, pid=self.child.pid)

    def carry(self, name):
        """One piece of an output. What is not wanted yet stays in the pipe, which holds its writer up."""
        file = self.outputs[name]
        try:
            piece = file.read(PIECE)
        except OSError:
            piece = b""
        if piece is None:
            return False
        if not piece:
            self.unwatch(file)
            return False
        self.unread[name] += len(piece)
        if self.unread[name] >= WINDOW:
            self.unwatch(file)
        self.machine.say(**{"of": self.number, name: text(piece)})
        return True

    def taken(self, name, count):
        was_full = self.unread[name] >= WINDOW
        self.unread[name] -= count
        if was_full and self.unread[name] < WINDOW and not self.outputs[name].closed:
            self.machine.watched.register(self.outputs[name], selectors.EVENT_READ, self.says[name])

    def unwatch(self, file):
        if file.fileno() in self.machine.watched.get_map():
            self.machine.watched.unregister(file)

    def give(self, piece):
        was_idle = not self.waiting
        self.waiting += piece
        if was_idle and not self.push():
            self.machine.watched.register(self.child.stdin, selectors.EVENT_WRITE, self.push)

    def push(self):
        """Whether all that waits went into the pipe, or its reader is gone."""
        try:
            self.waiting = self.waiting[os.write(self.child.stdin.fileno(), self.waiting) :]
        except BlockingIOError:
            pass
        except OSError:
            self.waiting = b""
        if not self.waiting:
            self.unwatch(self.child.stdin)
        return not self.waiting

    def end(self):
        code = self.child.wait()
        for name in self.outputs:
            while self.carry(name):
                pass
        self.machine.watched.unregister(self.ending)
        os.close(self.ending)
        for file in (self.child.stdin, *self.outputs.values()):
            self.unwatch(file)
            file.close()
        del self.machine.running[self.number]
        self.machine.say(of=self.number, ended=code if code >= 0 else 128 - code)


def text(content):
    return base64.b64encode(content).decode()


def prepare():
    # A place for the user's session, which is gone after each start.
    os.makedirs("/run/holdfast", exist_ok=True)
    os.chmod("/run/holdfast", 0o1777)
    # Whoever logs in answers there.
    os.chown(find_port(SESSION), USER, USER)


def shut_down():
    with open("/proc/1/comm") as first:
        if first.read().strip() == "systemd":
            subprocess.run(["systemctl", "--no-block", "poweroff"], check=True)


if sys.argv[1:] == ["session"]:
    # What the login gave goes to all that is started in it.
    INHERITED = dict(os.environ)
    Machine(SESSION).serve()
else:
    INHERITED = {}
    prepare()
    Machine(MACHINE).serve()
    shut_down()
