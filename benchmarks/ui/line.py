"""A client's end of a websocket (RFC 6455), as far as a page's messages need it: whole binary frames, no extensions."""

from __future__ import annotations

import asyncio
import base64
import os
from dataclasses import dataclass

_BINARY, _CLOSE, _PING, _PONG = 2, 8, 9, 10
_SHORT, _LONG = 126, 127
_LAST, _MASKED = 0x80, 0x80


@dataclass(frozen=True)
class Line:
    """An open websocket."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int, path: str, protocol: str) -> Line:
        """Call a server on this computer. Raises ConnectionError where it does not take the call."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        here = f"127.0.0.1:{port}"
        words = (
            f"GET {path} HTTP/1.1", f"Host: {here}", f"Origin: http://{here}", "Upgrade: websocket",
            "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Protocol: {protocol}", "", "",
        )  # fmt: skip
        writer.write("\r\n".join(words).encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(answer.decode("latin-1").splitlines()[0])
        return cls(reader, writer)

    async def send(self, content: bytes, kind: int = _BINARY) -> None:
        """Send a whole message. A client's frames are masked; which mask is no matter on this computer."""
        size = len(content)
        head = bytes((_LAST | kind,))
        if size < _SHORT:
            head += bytes((_MASKED | size,))
        elif size < 1 << 16:
            head += bytes((_MASKED | _SHORT,)) + size.to_bytes(2)
        else:
            head += bytes((_MASKED | _LONG,)) + size.to_bytes(8)
        self.writer.write(head + bytes(4) + content)
        await self.writer.drain()

    async def receive(self) -> bytes:
        """The next message. Raises asyncio.IncompleteReadError where the line is cut, ConnectionError where it is closed."""
        content = b""
        while True:
            first, second = await self.reader.readexactly(2)
            size = second
            if second in (_SHORT, _LONG):
                size = int.from_bytes(await self.reader.readexactly(2 if second == _SHORT else 8))
            part = await self.reader.readexactly(size)
            match first & 0x0F:
                case kind if kind == _CLOSE:
                    raise ConnectionError("the server hung up")
                case kind if kind == _PING:
                    await self.send(part, _PONG)
                case kind if kind == _PONG:
                    pass
                case _:
                    content += part
                    if first & _LAST:
                        return content

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        await self.writer.wait_closed()
