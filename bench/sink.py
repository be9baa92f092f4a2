"""A mail server that does nothing but answer, as fast as one process can, or after a delay.

python -m bench.sink MILLISECONDS     prints its port
"""

import asyncio
import sys

HELLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
END = b"\r\n.\r\n"


class Talk(asyncio.Protocol):
    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._heard = b""
        self._takes_letter = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """One answer for all that arrived together, after the time that a real network takes."""
        self._heard += data
        answer = b""
        while said := self._next():
            answer += said
        if not answer:
            return
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._transport.write, answer)
        else:
            self._transport.write(answer)

    def _next(self) -> bytes:
        end = END if self._takes_letter else b"\r\n"
        said, found, rest = self._heard.partition(end)
        if not found:
            return b""
        self._heard = rest
        if self._takes_letter:
            self._takes_letter = False
            return b"250 ok\r\n"
        verb = said[:4].upper()
        if verb == b"DATA":
            self._takes_letter = True
            return b"354 go on\r\n"
        if verb == b"QUIT":
            return b"221 bye\r\n"
        return HELLO if verb == b"EHLO" else b"250 ok\r\n"


async def serve(delay: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(delay), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000))
