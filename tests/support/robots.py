"""Robots as their services run them, on this computer: HTTP and SMTP servers that answer as told."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATIENCE = 10.0
"""Seconds after which a server that says nothing gives up, so that no test can stand still."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a robot was sent."""

    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Service:
    """A robot's server: `url` is its root; `posts` what came. It answers with `status`, `body` and `headers`, or
    `silent`, not at all."""

    url: str = ""
    status: int = 200
    body: bytes = b'{"errcode":0,"errmsg":"ok"}'
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    posts: list[Post] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def says(self, said: Any, status: int = 200) -> None:
        self.status, self.body = status, json.dumps(said, ensure_ascii=False).encode()


@contextmanager
def http_service(tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            service.posts.append(Post(parts.path, parse_qs(parts.query), dict(self.headers), raw))
            if service.silent:
                service.ended.wait(PATIENCE)
                return
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            self.wfile.write(service.body)

        def do_GET(self) -> None:
            service.posts.append(Post(self.path, {}, dict(self.headers), b""))
            self.send_error(405)

        def log_message(self, format: str, *args: object) -> None:
            """Tests listen to what csconsole says."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with running(server, service.ended) as port:
        service.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        yield service


@contextmanager
def mail_service(
    greeting: bytes = b"220 here", verdict: bytes = b"250 taken", silent: bool = False
) -> Iterator[tuple[int, list[bytes]]]:
    """A mail server that lets everybody in: its port, and what it was given."""
    ended, given = threading.Event(), list[bytes]()

    class Handler(socketserver.StreamRequestHandler):
        timeout = PATIENCE

        def handle(self) -> None:
            if silent:
                ended.wait(PATIENCE)
                return
            self._say(greeting)
            while line := self.rfile.readline():
                match line.split()[0].upper() if line.split() else b"":
                    case b"EHLO":
                        self._say(b"250-here\r\n250 AUTH PLAIN")
                    case b"AUTH":
                        self._say(b"235 in")
                    case b"DATA":
                        self._say(b"354 go on")
                        given.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                        self._say(verdict)
                    case b"QUIT":
                        self._say(b"221 bye")
                        return
                    case _:
                        self._say(b"250 yes")

        def _say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    with running(server, ended) as port:
        yield port, given


@contextmanager
def proxy_service() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that leads anywhere: its port, and what it heard."""
    heard: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        timeout = PATIENCE

        def handle(self) -> None:
            while (line := self.rfile.readline()) != b"\r\n":
                heard.append(line)
            host, port = heard[0].split()[1].decode().rsplit(":", 1)
            with socket.create_connection((host, int(port)), PATIENCE) as there:
                self.wfile.write(b"HTTP/1.1 200 go on\r\n\r\n")
                back = threading.Thread(target=_copy, args=(there, self.connection, []), daemon=True)
                back.start()
                _copy(self.connection, there, heard)
                back.join(PATIENCE)

    with running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, heard


def _copy(source: socket.socket, target: socket.socket, heard: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            heard.append(data)
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def running(server: socketserver.BaseServer, ended: threading.Event | None = None) -> Iterator[int]:
    """A server at work in a thread: its port. `ended` is set before it stops."""
    server.handle_error = lambda *_about: None  # type: ignore[method-assign]  # whoever hung up is no news
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[misc]  # of an internet address it is the port
    finally:
        if ended is not None:
            ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
