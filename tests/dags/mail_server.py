"""A mail server on loopback: takes every letter it is given and keeps it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


@contextmanager
def mail_server(letters: list[EmailMessage]) -> Iterator[str]:
    """Airflow's connection address of the server; letters arrive in the list."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 loopback")
            while line := self.rfile.readline().strip().upper():
                if line == b"DATA":
                    self.say("354 go on")
                    letters.append(self.letter())
                elif line == b"QUIT":
                    self.say("221 bye")
                    return
                self.say("250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def letter(self) -> EmailMessage:
            """Lines up to a single dot; a line's first dot is doubled on the way (RFC 5321, 4.5.2)."""
            lines = [line.removeprefix(b".") for line in iter(self.rfile.readline, b".\r\n")]
            message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            return message

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}/?disable_ssl=true&disable_tls=true"
        server.shutdown()
