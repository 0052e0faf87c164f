"""The reference's worker, each of whose attempts at an email is a mail of its own.

    PORT=8080 … python -m tests.variants.names_mails_anew

Where the answer to a mail is lost, the next attempt makes a second one in the inbox. It takes the
worker's environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.worker import mail
from reference_impl.worker.application import application

if TYPE_CHECKING:
    from reference_impl.worker.mail import Mail


def _anew(one: Mail) -> str:
    return f"<{uuid4()}@{one.sender.rpartition('@')[2]}>"


if __name__ == "__main__":
    mail.message_id = _anew
    serve(application(Log("worker")), environment.port("PORT"))
