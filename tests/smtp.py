"""A mail server on this machine that keeps what it is given."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._reply("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._reply("354 go on")
                self.server.mails.append(message_from_bytes(self._content(), policy=default))
                self.server.answers.wait()
                self._reply("250 taken")
            elif verb == b"QUIT":
                self._reply("221 bye")
                return
            else:
                self._reply("250 ok")

    def _content(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b"..") else line for line in lines)

    def _reply(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """``mails``: email.message of each mail taken. ``port``: where it listens."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails = []
        self.answers = threading.Event()
        self.answers.set()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @contextmanager
    def silent(self):
        """Meanwhile it takes mails and does not say so; gives whether one arrived."""
        before = len(self.mails)
        self.answers.clear()
        try:
            yield lambda: len(self.mails) > before
        finally:
            self.answers.set()

    def stop(self):
        self.shutdown()
        self.server_close()
