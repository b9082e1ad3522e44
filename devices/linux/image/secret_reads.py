"""Counts how many secrets are read over the session bus, by watching it."""

import threading

from jeepney import DBusAddress, HeaderFields, MessageType, new_signal
from jeepney.bus_messages import Monitoring
from jeepney.io.blocking import open_dbus_connection

MARK = DBusAddress("/holdfast", interface="holdfast.Watch")
RULES = ["type='method_call',member='GetSecret'", "type='method_call',member='GetSecrets'", "interface='holdfast.Watch'"]
WAIT_SECONDS = 5.0


class SecretReads:
    """`ours` makes the calls that do not count: the harness's own."""

    def __init__(self, ours):
        self.ours = ours
        self.reads = 0
        self.seen = 0
        self.sent = 0
        self.changed = threading.Condition()
        self.bus = open_dbus_connection("SESSION")
        monitor = Monitoring()
        reply = self.bus.send_and_get_reply(monitor.BecomeMonitor(RULES), timeout=WAIT_SECONDS)
        if reply.header.message_type == MessageType.error:
            raise RuntimeError(f"the bus refuses to be watched: {reply.body}")
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            try:
                message = self.bus.receive()
            except OSError:
                return
            with self.changed:
                self.note(message)
                self.changed.notify_all()

    def note(self, message):
        fields = message.header.fields
        if fields.get(HeaderFields.interface) == MARK.interface:
            self.seen = message.body[0]
        elif message.header.message_type == MessageType.method_call:
            if fields.get(HeaderFields.sender) != self.ours.unique_name:
                many = fields.get(HeaderFields.member) == "GetSecrets"
                self.reads += len(message.body[0]) if many else 1

    def count(self):
        """All reads that were sent before this call: the bus keeps the order, so a mark of ours comes after them."""
        self.sent += 1
        self.ours.send(new_signal(MARK, "Mark", "u", (self.sent,)))
        with self.changed:
            if not self.changed.wait_for(lambda: self.seen >= self.sent, WAIT_SECONDS):
                raise TimeoutError("the bus does not show what is sent on it")
            return self.reads
