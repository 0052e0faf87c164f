"""The reference's worker, who sends every email twice, each time as a mail of its own.

    PORT=8080 … python -m tests.variants.sends_twice

So the mail server cannot know that the second is the first. It takes the worker's environment.
"""

from __future__ import annotations

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.worker import application
from reference_impl.worker.smtp import Smtp

_ID = b"Message-ID: <"


class _Doubling(Smtp):
    """A server that is given everything twice."""

    __slots__ = ()

    async def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand the mail over, and its double."""
        await Smtp.send(self, sender, recipient, message)
        await Smtp.send(self, sender, recipient, message.replace(_ID, _ID + b"again-", 1))


if __name__ == "__main__":
    application.Smtp = _Doubling
    serve(application.application(Log("worker")), environment.port("PORT"))
