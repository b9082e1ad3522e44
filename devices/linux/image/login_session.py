"""
The session of a login by PAM: systemd has started its bus, and the password that was typed there has opened its keyring.
Nothing here gives the keyring a password unless it is told to.
"""

import signal

from desktop_session import RUN, DesktopSession, wait
from secret_service import LOGIN


class LoginSession(DesktopSession):
    def begin(self):
        self.log = open(RUN + "/holdfast.log", "ab", buffering=0)
        self.service = wait("the session bus", self.connect)
        self.show_keyring()
        self.opened_by_login = not self.service.locked()

    def show_keyring(self):
        """The daemon of a login waits to be told that somebody wants it on the bus."""
        if self.service.owner() is None:
            self.provider.show(self.log)
            wait(self.provider.name, self.service.owner)
        wait(f"the login keyring of {self.provider.name}", lambda: LOGIN in self.service.collections())

    def start_keyring(self):
        self.show_keyring()
        self.unlock()

    def activatable(self, yes):
        """Systemd's bus brings it back whenever its name is called: what takes it away for good is not to be had here."""
        if not yes:
            raise RuntimeError("systemd starts this keyring whenever it is called")

    def stop_bus(self):
        raise RuntimeError("this session bus is systemd's")

    def restart_keyring(self, by):
        before = self.service.owner()
        self.end(before, by)
        self.start_keyring()
        return self.restarted(before)

    def restore(self):
        self.set_prompter(None)
        if self.locked_once:
            self.restart_keyring(signal.SIGKILL)
            self.locked_once = False
        self.start_keyring()
