"""The registry over HTTP, on the loopback address."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Self

from apd.limits import MAX_MESSAGE_BYTES
from apd.testing.registry.registry import AnswerLost, NoAnswer, Registry

LOOPBACK = "127.0.0.1"
_IDLE_SECONDS = 60
"""The time after which an idle connection is closed."""
_LONGEST_LINE = 1024
_MOST_DIGITS = len(str(MAX_MESSAGE_BYTES))
_is_hexadecimal = re.compile(rb"[0-9A-Fa-f]+").fullmatch


class RunningRegistry(Registry):
    """A registry that listens on an address; a context manager.

    The path of a request makes no difference. Ordered faults also affect the connection.

    Args:
        host: the address to listen on. With another than the loopback address anyone on the
            network has access: use invented data only.
        port: the port; 0 for a free one.
        settings: the arguments of :class:`Registry`.

    Raises:
        OSError: the address is in use, or does not exist.
    """

    def __init__(self, *, host: str = LOOPBACK, port: int = 0, **settings: Any) -> None:
        super().__init__(**settings)
        self._server = _Server((host, port), _Handler)
        self._server.registry = self
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Its URL, such as ``http://127.0.0.1:8043``."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> Self:
        """Start answering, in a new thread."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._server.serve_forever, args=(0.05,), name="apd-registry", daemon=True
            )
            self._thread.start()
        return self

    def join(self) -> None:
        """Wait until it is closed, or interrupted."""
        self._server.is_closing.wait()

    def close(self) -> None:
        """Stop, and close open connections."""
        self._server.is_closing.set()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.close()


class _Refused(Exception):
    """A request that is refused, with an HTTP status code, before it is read."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    registry: Registry

    def __init__(self, *given: Any) -> None:
        self.is_closing = threading.Event()
        super().__init__(*given)

    def server_bind(self) -> None:
        """Bind without a reverse lookup of the host name, which may take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = map(str, self.server_address[:2])  # type: ignore[assignment]

    def handle_error(self, *_: Any) -> None:
        """Print nothing: a closed connection is not a fault, and a traceback may quote data."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    server: _Server

    def log_message(self, *given: Any) -> None:
        """Log nothing; :meth:`Registry.received` returns the messages."""

    def do_POST(self) -> None:
        """Pass the message to the registry, and send its answer."""
        try:
            body = self._chunks() if self._is_chunked() else self._whole()
        except _Refused as refused:
            self._answer(refused.status, {"Connection": "close"}, b"")
            self.close_connection = True
            return
        try:
            answer = self.server.registry.receive(body, self.headers.get("Content-Type"))
        except NoAnswer as error:
            self.server.is_closing.wait(error.seconds)
            self.close_connection = True
            return
        except AnswerLost:
            self.close_connection = True
            return
        self._answer(answer.status, answer.headers, answer.body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _is_chunked(self) -> bool:
        return self.headers.get("Transfer-Encoding", "").strip().lower() == "chunked"

    def _whole(self) -> bytes:
        """The body of the request, by its length."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise _Refused(411)
        if len(length) > _MOST_DIGITS or int(length) > MAX_MESSAGE_BYTES:
            raise _Refused(413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Refused(400)
        return body

    def _chunks(self) -> bytes:
        """The body of the request in chunks, as some SOAP clients send it."""
        body = bytearray()
        while True:
            size = self.rfile.readline(_LONGEST_LINE).partition(b";")[0].strip()
            if not _is_hexadecimal(size):
                raise _Refused(400)
            length = int(size, 16)
            if len(body) + length > MAX_MESSAGE_BYTES:
                raise _Refused(413)
            if length == 0:
                break
            body += self.rfile.read(length)
            self.rfile.readline(_LONGEST_LINE)
        while self.rfile.readline(_LONGEST_LINE).strip():  # trailers
            pass
        return bytes(body)
