"""A program that listens for events on this machine, and answers as a test wants."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """What it got is in ``requests``: (headers, raw body). ``answers``: what it answers next."""

    def __init__(self):
        self.requests = []
        self.answers = []
        self.released = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                receiver._answer(self, receiver.answers.pop(0) if receiver.answers else 200)

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/events?shop=1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _answer(self, handler, status):
        if status == "silence":
            self.released.wait(60)
            return
        handler.send_response(status)
        if status in (302, 307):
            handler.send_header("Location", self.url)
        body = b"secret of the program " * 100
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def stop(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
