"""A mail server that says what it is told to at one stage of the dialogue."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

SILENCE = ""
HANG_UP = "hang up"
STAGES = ("GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "BODY")
_FINE = {
    "GREETING": "220 here",
    "EHLO": "250-here\r\n250 AUTH PLAIN",
    "AUTH": "235 come in",
    "MAIL": "250 go on",
    "RCPT": "250 go on",
    "DATA": "354 say it",
    "BODY": "250 taken",
    "QUIT": "221 bye",
}


@dataclass(slots=True)
class ScriptedSmtp:
    """The server.

    Attributes:
        stage: at which it says something else than usual.
        reply: what it says there; SILENCE and HANG_UP are no words.
        taken: the messages whose last line it has read, whatever it said of them.
        dialogues: how many were begun.
        port: where it listens, once it does.
    """

    stage: str = ""
    reply: str = SILENCE
    taken: list[bytes] = field(default_factory=list[bytes])
    dialogues: int = 0
    port: int = 0

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Serve for as long as the block runs."""
        server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.dialogues += 1
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not await self._say("GREETING", reader, writer):
            return
        while line := await reader.readline():
            verb = line.split()[0].decode().upper()
            if verb == "RSET":
                writer.write(b"250 forgotten\r\n")
                continue
            if not await self._say(verb, reader, writer) or verb == "QUIT":
                return
            if verb == "DATA" and self.stage != "DATA":
                self.taken.append(await reader.readuntil(b"\r\n.\r\n"))
                if not await self._say("BODY", reader, writer):
                    return

    async def _say(
        self, stage: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the dialogue goes on."""
        reply = self.reply if stage == self.stage else _FINE[stage]
        if reply == SILENCE:
            await reader.read()
        if reply in (SILENCE, HANG_UP):
            return False
        writer.write(reply.encode() + b"\r\n")
        return True
