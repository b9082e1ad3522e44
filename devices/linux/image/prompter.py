"""
The person in front of GNOME Keyring's prompts, played on the bus: the prompter of GNOME's shell, in the few calls that the
daemon makes of it. It never gives a password.
"""

import base64
import secrets
import threading

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.gnome.keyring.SystemPrompter"
CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"
# The 1536-bit group of RFC 3526, in which the daemon agrees on a key for the password that it asks for.
PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA237327FFFFFFFFFFFFFFFF",
    16,
)


def exchange():
    """A beginning of that agreement: without one the daemon takes no answer."""
    public = pow(2, secrets.randbits(1024), PRIME)
    text = base64.b64encode(public.to_bytes((public.bit_length() + 7) // 8, "big")).decode()
    return f"[sx-aes-1]\npublic={text}\n"


class Prompter:
    """`answers`: `dismisses` each prompt, or `never` answers one. `shown` counts those that were asked for."""

    def __init__(self, answers):
        self.answers = answers
        self.shown = 0
        self.bus = open_dbus_connection("SESSION")
        reply = self.bus.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        if reply.header.message_type == MessageType.error or reply.body[0] != 1:
            raise RuntimeError(f"somebody else answers the keyring's prompts: {reply.body}")
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.bus.close()

    def serve(self):
        while True:
            try:
                message = self.bus.receive()
                if message.header.message_type == MessageType.method_call:
                    self.answer(message)
            except (OSError, EOFError):
                return

    def answer(self, message):
        fields = message.header.fields
        method, daemon = fields[HeaderFields.member], fields[HeaderFields.sender]
        self.bus.send(new_method_return(message))
        callback = DBusAddress(message.body[0], daemon, CALLBACK) if message.body else None
        ready = lambda reply: self.bus.send(new_method_call(callback, "PromptReady", "sa{sv}s", (reply, {}, exchange())))
        if method == "BeginPrompting":
            ready("")
        elif method == "PerformPrompt":
            self.shown += 1
            if self.answers == "dismisses":
                ready("no")
        elif method == "StopPrompting":
            self.bus.send(new_method_call(callback, "PromptDone"))
