"""A mail server of a few lines on this machine, with which letters are really handed over."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it is given in `received`. `refusals` maps an address to the answer it gets instead; the answer "cut"
    cuts the line. `data_answer` is given after the text of each letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.data_answer = "250 kept"
        self.seconds_a_letter = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.received]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.decode().strip()
            command = word.upper().partition(" ")[0]
            if command == "QUIT":
                self._say("221 bye")
                return
            if command == "DATA":
                self._data()
                continue
            address = word.partition("<")[2].partition(">")[0]
            answer = self.server.refusals.get(address, "250 ok") if command == "RCPT" else "250 ok"
            if answer == "cut":
                return
            self._say(answer)

    def _data(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        time.sleep(self.server.seconds_a_letter)
        if self.server.data_answer.startswith("250"):
            message = message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.received.append(message)
        self._say(self.server.data_answer)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
