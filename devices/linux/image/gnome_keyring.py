"""GNOME Keyring as the provider of the Secret Service."""

import os
import subprocess


class GnomeKeyring:
    name = "gnome-keyring"
    activatable = True
    # Its prompts are shown by whoever has the prompter's name on the bus.
    asks_on_bus = True
    # Where its files are, which are no vault's.
    own = (os.environ["HOME"] + "/.local/share/keyrings",)

    def start(self, password, log):
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        daemon.stdin.write(password.encode())
        daemon.stdin.close()

    def show(self, log):
        """Tells the one that a login by PAM has started, and systemd keeps, to serve the bus."""
        command = ["gnome-keyring-daemon", "--start", "--components=secrets"]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)

    def unlock(self, service, password):
        """`--unlock` exits 0 with a wrong password too, so this is done by the call of its PAM module."""
        service.unlock(password)
