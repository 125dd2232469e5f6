"""A web server of somebody else's, with a certificate, that notes what it is told."""

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from questions.notices.calling import call
from tests.drills.certificate import write_certificate


@dataclass
class Receiver:
    """Where it listens, what it was told, and how it answers from now on."""

    port: int = 0
    status: int = 204
    location: str = ""
    told: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving(folder: Path, name: str = "localhost") -> Iterator[tuple[Receiver, Any]]:
    """Run a receiver whose certificate is for `name`; with it comes a `call` that may reach this machine."""
    chain = write_certificate(folder, name)
    receiver = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.told.append((self.path, dict(self.headers), body))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, folder / "privkey.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        trust = ssl.create_default_context(cafile=str(chain))
        ours = ("127.0.0.1", "::1")
        yield receiver, partial(call, is_allowed=ours.__contains__, ports=[receiver.port], trust=trust)
    finally:
        server.shutdown()
        server.server_close()
