"""A network that goes wrong at will: a TCP proxy before PostgreSQL that delays, cuts, swallows, refuses and slices."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from pathlib import Path

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER with no time


class FaultProxy:
    """Passes bytes between the connections to its port and a server's socket. Its loop runs in a thread of its own; the
    methods may be called from any other."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.delay = 0.0  # seconds before each piece of an answer is passed on
        self.slice = 65536  # the most bytes in a piece
        self.ended = 0  # answers that close_after has ended
        self._close_after: int | None = None
        self._silent = False
        self._links: set[_Link] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listener: asyncio.Server | None = None
        self.port = 0
        self.accept()

    def url(self, database: str, role: str) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def accept(self) -> None:
        """New connections are taken (the start)."""
        self._call(self._listen())

    def refuse(self) -> None:
        """New connections are refused; those that stand go on."""
        self._call(self._unlisten())

    def cut(self) -> int:
        """Every connection that stands is reset. Answers how many."""
        return self._call(self._reset_all())

    def swallow(self) -> None:
        """Half-open: what is sent arrives nowhere and nothing answers, on connections old and new."""
        self._silent = True

    def swallow_standing(self) -> None:
        """The connections that stand are half-open for ever; new ones work."""
        for link in list(self._links):
            link.dead = True

    def heal(self) -> None:
        """New connections work in every way; those that have lost bytes stay dead, and nobody tells their peers."""
        self._silent, self._close_after, self.delay, self.slice = False, None, 0.0, 65536

    def close_after(self, count: int) -> None:
        """Every connection ends in the middle of an answer, `count` bytes from now (or from its start)."""
        for link in list(self._links):
            link.answered = 0
        self._close_after = count

    def stop(self) -> None:
        self.refuse()
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        if self._listener is None:
            self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    async def _unlisten(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    async def _reset_all(self) -> int:
        links = list(self._links)
        for link in links:
            link.reset()
        return len(links)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(writer)
        self._links.add(link)
        try:
            server_reader, link.server = await asyncio.open_unix_connection(str(self.target))
            await asyncio.gather(self._ask(link, reader), self._answer(link, server_reader))
        except OSError:
            pass  # either side has gone
        finally:
            link.close()
            self._links.discard(link)

    def _is_lost(self, link: _Link) -> bool:
        link.dead = link.dead or self._silent
        return link.dead

    async def _ask(self, link: _Link, reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(65536):
            if not self._is_lost(link):
                link.server.write(piece)
        link.close()

    async def _answer(self, link: _Link, reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(self.slice):
            if self.delay:
                await asyncio.sleep(self.delay)
            if self._is_lost(link):
                continue
            if self._close_after is not None and link.answered + len(piece) > self._close_after:
                link.client.write(piece[:self._close_after - link.answered])
                self.ended += 1
                break
            link.answered += len(piece)
            link.client.write(piece)
        if not link.dead:  # else not even the end is passed on
            link.close()


class _Link:
    """A client's connection and the one to the server that was made for it."""

    def __init__(self, client: asyncio.StreamWriter) -> None:
        self.client = client
        self.server: asyncio.StreamWriter | None = None
        self.answered = 0
        self.dead = False

    def close(self) -> None:
        self.client.close()
        if self.server is not None:
            self.server.close()

    def reset(self) -> None:
        if self.client.is_closing():
            return
        self.client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.client.transport.abort()
        if self.server is not None:
            self.server.close()
