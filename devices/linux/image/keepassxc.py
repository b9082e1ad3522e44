"""
KeePassXC as the provider of the Secret Service, without a screen. Its database is made at the first login, with one
group that it exposes, under the name `login`: so the collection has the path of GNOME Keyring's.
"""

import base64
import os
import subprocess
import time
import uuid

from jeepney import DBusAddress, new_method_call

FOLDER = os.environ["HOME"] + "/.local/share/keepassxc"
DATABASE = FOLDER + "/login.kdbx"
CONFIG = FOLDER + "/keepassxc.ini"
WINDOW = "org.keepassxc.KeePassXC.MainWindow"
UNLOCK_SECONDS = 5.0
# No question may wait for a person where none is meant to be: the prompt to unlock is left as it is.
SETTINGS = """[General]
ConfigVersion=2
BackupBeforeSave=false
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[Security]
LockDatabaseIdle=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmDeleteItem=false
ConfirmAccessItem=false
"""


def xml(group):
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<KeePassFile><Meta><Generator>Holdfast</Generator><DatabaseName>login</DatabaseName>
<RecycleBinEnabled>False</RecycleBinEnabled><CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key>
<Value>{{{group}}}</Value></Item></CustomData></Meta>
<Root><Group><UUID>{base64.b64encode(group.bytes).decode()}</UUID><Name>Root</Name></Group></Root></KeePassFile>"""


class KeePassXC:
    name = "keepassxc"
    activatable = False
    asks_on_bus = False
    # Its own files, and those of the library that it draws with.
    own = (FOLDER, *(os.environ["HOME"] + name for name in ("/.config/keepassxc", "/.cache/fontconfig")), "/tmp/keepassxc.")

    def start(self, password, log):
        if not os.path.exists(DATABASE):
            self.create(password, log)
        command = ["keepassxc", "--config", CONFIG, "--localconfig", FOLDER + "/local.ini", "--pw-stdin", DATABASE]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=environment)
        daemon.stdin.write(password.encode() + b"\n")
        daemon.stdin.close()

    def create(self, password, log):
        os.makedirs(FOLDER, mode=0o700, exist_ok=True)
        with open(CONFIG, "w") as file:
            file.write(SETTINGS)
        source = FOLDER + "/login.xml"
        with open(source, "w") as file:
            file.write(xml(uuid.uuid4()))
        command = ["keepassxc-cli", "import", "--set-password", source, DATABASE]
        subprocess.run(command, input=f"{password}\n{password}\n".encode(), stdout=log, stderr=log, check=True, timeout=20)
        os.unlink(source)

    def unlock(self, service, password):
        """By the call of its window that a script would use. It answers at once and opens the database afterwards."""
        window = DBusAddress("/keepassxc", WINDOW, WINDOW)
        service.send(new_method_call(window, "openDatabase", "sss", (DATABASE, password, "")))
        end = time.monotonic() + UNLOCK_SECONDS
        while service.locked() and time.monotonic() < end:
            time.sleep(0.01)
