"""The reference's worker, to whom a mail server that cannot be reached has taken the mail.

    PORT=8080 … python -m tests.variants.takes_silence_for_sent

So nothing arrives that is ordered while the server is away. It takes the worker's environment.
"""

from __future__ import annotations

import contextlib

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.unreachable import Unreachable
from reference_impl.worker import application
from reference_impl.worker.smtp import Smtp


class _Hopeful(Smtp):
    """A server that is never waited for."""

    __slots__ = ()

    async def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand the mail over, or not."""
        with contextlib.suppress(Unreachable):
            await Smtp.send(self, sender, recipient, message)


if __name__ == "__main__":
    application.Smtp = _Hopeful
    serve(application.application(Log("worker")), environment.port("PORT"))
