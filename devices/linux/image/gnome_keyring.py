"""GNOME Keyring as the provider of the Secret Service."""

import subprocess


class GnomeKeyring:
    name = "gnome-keyring"
    activatable = True

    def start(self, password, log):
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        daemon.stdin.write(password.encode())
        daemon.stdin.close()

    def unlock(self, service, password):
        """`--unlock` exits 0 with a wrong password too, so this is done by the call of its PAM module."""
        service.unlock(password)
