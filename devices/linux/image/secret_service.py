"""The Secret Service by D-Bus calls of our own: the harness's eyes and hands, independent of any vault's client."""

import time
from contextlib import contextmanager

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageFlag, MessageType, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.secrets"
ROOT = "/org/freedesktop/secrets"
LOGIN = ROOT + "/collection/login"
SESSION = ROOT + "/collection/session"
API = "org.freedesktop.Secret."
INTERNAL = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
WAIT_SECONDS = 30.0


class Refused(Exception):
    """The bus or the service answered with an error; `name` is its D-Bus name."""

    def __init__(self, name, text):
        super().__init__(f"{name}: {text}")
        self.name = name


class SecretService:
    """One connection to the session bus. Looking never activates a daemon."""

    def __init__(self):
        self.bus = open_dbus_connection("SESSION")

    def close(self):
        self.bus.close()

    def send(self, message, activates=False):
        if not activates:
            message.header.flags |= MessageFlag.no_auto_start
        reply = self.bus.send_and_get_reply(message, timeout=WAIT_SECONDS)
        if reply.header.message_type == MessageType.error:
            raise Refused(reply.header.fields.get(HeaderFields.error_name, "?"), " ".join(map(str, reply.body)))
        return reply.body

    def call(self, path, interface, method, signature="", *body, activates=False):
        return self.send(new_method_call(DBusAddress(path, NAME, interface), method, signature, body), activates)

    def read(self, path, interface, name):
        return self.send(Properties(DBusAddress(path, NAME, API + interface)).get(name))[0][1]

    def reload_bus(self):
        self.send(message_bus.ReloadConfig())

    def owner(self):
        """The process id of the daemon that has the name; None where there is none."""
        try:
            return self.send(message_bus.GetConnectionUnixProcessID(NAME))[0]
        except Refused as refused:
            if refused.name == "org.freedesktop.DBus.Error.NameHasNoOwner":
                return None
            raise

    def absence(self):
        """What an app sees that calls the service, with activation: None where it answers, else the error's name."""
        try:
            self.call(ROOT, API + "Service", "ReadAlias", "s", "default", activates=True)
            return None
        except Refused as refused:
            return refused.name

    @contextmanager
    def session(self):
        path = self.call(ROOT, API + "Service", "OpenSession", "sv", "plain", ("s", ""))[1]
        try:
            yield path
        finally:
            self.call(path, API + "Session", "Close")

    def collections(self):
        return [path for path in self.read(ROOT, "Service", "Collections") if path != SESSION]

    def complete(self, prompt, seconds=WAIT_SECONDS):
        """
        Shows a prompt, as every client must that is handed one. What became of it (`none` where there is none, `dismissed`,
        `answered` or `pending`), and its result.
        """
        if prompt == "/":
            return "none", None
        rule = MatchRule(type="signal", interface=API + "Prompt", member="Completed", path=prompt)
        self.send(message_bus.AddMatch(rule))
        try:
            with self.bus.filter(rule) as answers:
                self.call(prompt, API + "Prompt", "Prompt", "s", "")
                dismissed, result = self.bus.recv_until_filtered(answers, timeout=seconds).body
                return "dismissed" if dismissed else "answered", result[1]
        except TimeoutError:
            return "pending", None
        finally:
            self.send(message_bus.RemoveMatch(rule))

    def completed(self, prompt):
        """The same where nobody need be asked: KeePassXC has prompts for what needs no answer too."""
        became, result = self.complete(prompt)
        if became not in ("none", "answered"):
            raise RuntimeError(f"a prompt of the keyring's was {became}")
        return result

    def locked(self):
        return bool(self.read(LOGIN, "Collection", "Locked"))

    def lock(self):
        """KeePassXC refuses as long as it writes its file: so again, until it says that it is locked."""
        end = time.monotonic() + WAIT_SECONDS
        while True:
            became, _ = self.complete(self.call(ROOT, API + "Service", "Lock", "ao", self.collections())[1])
            if became in ("none", "answered"):
                return
            if time.monotonic() > end:
                raise RuntimeError(f"the keyring does not lock: its prompt was {became}")
            time.sleep(0.05)

    def unlock(self, password):
        """Without a prompt, by the call that gnome-keyring keeps for its PAM module. A wrong password is Refused."""
        with self.session() as session:
            secret = (session, b"", password.encode(), "text/plain")
            self.call(ROOT, INTERNAL, "UnlockWithMasterPassword", "o(oayays)", LOGIN, secret)

    def unlock_by_prompt(self, seconds):
        """Asks as an app would. What became of the prompt: `none`, `dismissed`, `answered` or `pending`."""
        return self.complete(self.call(ROOT, API + "Service", "Unlock", "ao", [LOGIN])[1], seconds)[0]

    def create(self, collection, attributes, secret):
        properties = {API + "Item.Label": ("s", "holdfast"), API + "Item.Attributes": ("a{ss}", attributes)}
        with self.session() as session:
            value = (session, b"", secret, "text/plain")
            made = self.call(collection, API + "Collection", "CreateItem", "a{sv}(oayays)b", properties, value, True)
            return self.completed(made[1]) if made[0] == "/" else made[0]

    def secret(self, item):
        with self.session() as session:
            return bytes(self.call(item, API + "Item", "GetSecret", "o", session)[0][2])

    def items(self, namespace):
        """(path, label, attributes) of each item with an attribute under the namespace, the session keyring too."""
        found = []
        for collection in self.read(ROOT, "Service", "Collections"):
            for path in self.read(collection, "Collection", "Items"):
                attributes = dict(self.read(path, "Item", "Attributes"))
                if any(value.startswith(namespace) for value in attributes.values()):
                    found.append((path, self.read(path, "Item", "Label"), attributes))
        return found

    def delete(self, item):
        self.completed(self.call(item, API + "Item", "Delete")[0])
