"""A mail server that writes down each mail before it says that it took it, and that goes wrong as it is told."""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Self

from faults import Fault, Faults
from journal import Journal

# Moments of a conversation at which somebody may be struck.
POINTS = (
    "greeting", "EHLO", "MAIL", "RCPT", "DATA", "354 said", "body begun", "body whole", "taken", "250 said",
)


class Gone(Exception):
    """The conversation ends here."""


class CarefulPostOffice:
    """Listens on loopback, in a thread of its own."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.journal = Journal(folder / "taken.jsonl")
        self.faults = faults
        # What it did wrong, by the fault.
        self.wrongs: Counter[Fault] = Counter()
        # How many letters it took.
        self.taken = 0
        self._blow: tuple[str, int, Callable[[], None]] | None = None
        self._turn = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}?tls=none"
        return self

    def __exit__(self, *_: object) -> None:
        async def close() -> None:
            self._server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        self._do(close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self.journal.close()

    def strike(self, point: str, count: int, blow: Callable[[], None]) -> None:
        """Strikes when the point is passed for the so-manieth time from now on."""
        with self._turn:
            self._blow = (point, count, blow)

    def put_down(self) -> None:
        with self._turn:
            self._blow = None

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _pass(self, point: str) -> None:
        with self._turn:
            if self._blow is None or self._blow[0] != point:
                return
            point, count, blow = self._blow
            self._blow = (point, count - 1, blow) if count > 1 else None
        if count == 1:
            blow()
            if point != "250 said":
                raise Gone

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (Gone, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        self._pass("greeting")
        await say("220 post.test ESMTP")
        fault, recipients = Fault.NONE, []
        while line := await reader.readline():
            verb = line[:4].upper().decode("ascii", "replace")
            if verb in POINTS:
                self._pass(verb)
            match verb:
                case "EHLO": await say("250-post.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 1000000")
                case "MAIL":
                    fault, recipients = self.faults.next(), []
                    if fault == Fault.BUSY:
                        self.wrongs[fault] += 1
                        return await say("421 4.3.2 Too much to do")
                    await say("250 2.1.0 Fine")
                case "RCPT" if fault == Fault.LATER:
                    self.wrongs[fault] += 1
                    await say("451 4.2.1 Later")
                case "RCPT":
                    recipients.append(re.search(rb"<([^>]*)>", line).group(1).decode())
                    await say("250 2.1.5 Fine")
                case "DATA" if not recipients: await say("503 5.5.1 To whom?")
                case "DATA":
                    if fault == Fault.GONE_BEFORE_BODY:
                        self.wrongs[fault] += 1
                        return
                    await say("354 Go on")
                    self._pass("354 said")
                    await say(await self._take(reader, fault, recipients))
                    self._pass("250 said")
                case "QUIT": return await say("221 2.0.0 Bye")
                case _: await say("250 2.0.0 Fine")

    async def _take(self, reader: asyncio.StreamReader, fault: Fault, recipients: list[str]) -> str:
        """Reads a mail to its dot; returns the answer, unless there is none."""
        if fault != Fault.NONE:
            self.wrongs[fault] += 1
        content = bytearray()
        while (line := await reader.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise Gone
            if not content:
                self._pass("body begun")
            content += line
            if fault == Fault.GONE_IN_BODY and len(content) > 800:
                raise Gone
        self._pass("body whole")
        if fault == Fault.GONE_UNTAKEN:
            raise Gone
        if fault == Fault.LATER_AFTER_BODY:
            return "451 4.3.0 Later"
        message = message_from_bytes(bytes(content), policy=policy.default)
        for recipient in recipients:
            self.journal.note(
                mail=str(message["Message-ID"]).strip().removeprefix("<").split("@")[0], recipient=recipient,
                link=_link(message.get_body(("plain",)).get_content()))
        self.taken += len(recipients)
        self._pass("taken")
        if fault == Fault.GONE_TAKEN:
            raise Gone
        if fault == Fault.SLOW:
            await asyncio.sleep(self.faults.pause())
        return "250 2.0.0 Taken"


def _link(text: str) -> str:
    found = re.search(r"https?://\S+/activate/\S+", text)
    return found.group(0) if found else ""
