"""A desktop session without a desktop: one session bus and one keyring provider, as a login leaves them."""

import os
import shutil
import signal
import subprocess
import time

from gnome_keyring import GnomeKeyring
from keepassxc import KeePassXC
from prompter import Prompter
from processes import alive, gone
from secret_service import LOGIN, Refused, SecretService

RUN = os.environ["XDG_RUNTIME_DIR"]
SERVICES = RUN + "/services"
INSTALLED = "/usr/share/dbus-1/services"
# An emulated machine takes longer.
START_SECONDS = float(os.environ.get("HOLDFAST_START_SECONDS", 30))
PROVIDERS = {"gnome-keyring": GnomeKeyring, "keepassxc": KeePassXC}
# Without a display these start and fail, 30 to 100 ms for each prompt. A machine that has none of them dismisses each
# prompt at once.
PROMPTERS = ("org.gnome.keyring.SystemPrompter.service", "org.gnome.keyring.PrivatePrompter.service")
# Who may bring a keyring daemon to life when its name is called.
KEYRING_SERVICES = ("org.freedesktop.secrets", "org.gnome.keyring", "org.freedesktop.impl.portal.Secret")


def wait(what, ready):
    """
    Until `ready` gives something. Readiness has no event of its own for both the bus and the daemon. Looks come less and
    less often: on an emulated processor they would take from the daemon what it needs to start.
    """
    end = time.monotonic() + START_SECONDS
    pause = 0.001
    while time.monotonic() < end:
        answer = ready()
        if answer:
            return answer
        time.sleep(pause)
        pause = min(pause * 1.3, 0.1)
    raise TimeoutError(f"{what} was not ready within {START_SECONDS:.0f} s")


class DesktopSession:
    def __init__(self, password, provider):
        self.password = password
        self.provider = PROVIDERS[provider]()
        self.locked_once = False
        self.prompter = None
        self.opened_by_login = False
        self.begin()

    def begin(self):
        os.makedirs(RUN, mode=0o700, exist_ok=True)
        shutil.copytree(INSTALLED, SERVICES, dirs_exist_ok=True, ignore=lambda *_: PROMPTERS)
        self.log = open(RUN + "/session.log", "ab", buffering=0)
        self.start_bus()
        self.service = wait("the session bus", self.connect)
        self.start_keyring()

    def start_bus(self):
        """With Debian's own configuration, but a folder of activatable services that we can change."""
        with open("/usr/share/dbus-1/session.conf") as source, open(RUN + "/bus.conf", "w") as target:
            text = source.read()
            assert "<standard_session_servicedirs />" in text
            target.write(text.replace("<standard_session_servicedirs />", f"<servicedir>{SERVICES}</servicedir>"))
        address = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        command = ["dbus-daemon", f"--config-file={RUN}/bus.conf", f"--address={address}", "--nofork", "--nopidfile"]
        self.bus = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log).pid

    def stop_bus(self):
        """Everybody on it is cut off, and nobody comes back: only a new login has one."""
        os.kill(self.bus, signal.SIGKILL)
        wait("the end of the session bus", lambda: gone(self.bus))

    def set_prompter(self, answers):
        """Who answers the keyring's prompts from now on: None is nobody, as where there is no screen."""
        if answers is not None and not self.provider.asks_on_bus:
            raise RuntimeError(f"{self.provider.name} shows its prompts in a window of its own and asks nobody on the bus")
        if self.prompter is not None:
            self.prompter.close()
        self.prompter = None if answers is None else Prompter(answers)

    def connect(self):
        try:
            return SecretService()
        except OSError:
            return None

    def activatable(self, yes):
        """Whether a call to the absent service starts a daemon, where the provider has that. Such a daemon comes up locked."""
        for name in KEYRING_SERVICES:
            file = f"{SERVICES}/{name}.service"
            if yes and self.provider.activatable and not os.path.exists(file):
                shutil.copyfile(f"{INSTALLED}/{name}.service", file)
            elif not yes and os.path.exists(file):
                os.unlink(file)
        self.service.reload_bus()

    def start_keyring(self):
        """Unlocked, as after a login. Activation stays off until then, so that no caller gets a locked one first."""
        if self.service.owner() is None:
            self.locked_once = False
            self.activatable(False)
            self.provider.start(self.password, self.log)
            wait(self.provider.name, self.service.owner)
            # Asked to unlock while it still opens its database, KeePassXC crashes.
            wait(f"the login keyring of {self.provider.name}", self.opened)
        self.activatable(True)
        self.unlock()

    def opened(self):
        return LOGIN in self.service.collections() and not self.service.locked()

    def stop_keyring(self, by=signal.SIGKILL):
        """Takes it away for good, by this signal, and nothing brings it back."""
        self.activatable(False)
        daemon = self.service.owner()
        self.end(daemon, by)
        return daemon

    def end(self, daemon, by):
        if daemon is not None:
            os.kill(daemon, by)
            wait(f"the end of {self.provider.name}", lambda: gone(daemon) and self.service.owner() != daemon)

    def restart_keyring(self, by):
        before = self.stop_keyring(by)
        self.start_keyring()
        return self.restarted(before)

    def restarted(self, before):
        return {"before": before, "after": self.service.owner(), "ended": before is None or not alive(before)}

    def lock(self):
        self.service.lock()
        self.locked_once = True

    def restore(self):
        """
        There and unlocked, as after a login. A daemon that was locked may be wedged: in gnome-keyring 42 three unlock
        prompts at once leave its queue so that no later prompt of anybody ever completes. So it gets a new one.
        """
        self.set_prompter(None)
        if self.locked_once:
            self.stop_keyring()
        self.start_keyring()

    def try_password(self, password):
        """As somebody does who does not know it: what the provider says of it is nobody's concern here."""
        try:
            self.provider.unlock(self.service, password)
        except Refused:
            pass

    def unlock(self):
        """No provider's answer tells whether a password was right, so look."""
        if self.service.locked():
            self.provider.unlock(self.service, self.password)
        if self.service.locked():
            raise RuntimeError("the login keyring stays locked after unlocking it")
