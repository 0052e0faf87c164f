"""`python -m reference_impl.mail`: SMTP and IMAP, one process, a port each.

    SMTP_PORT ──▶ aiosmtpd ──▶ inboxes in memory ◀── pymap ◀── IMAP_PORT

Environment:
    SMTP_PORT, IMAP_PORT: the ports on 127.0.0.1.
    MAIL_PASSWORD: the password of every address, for both.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import warnings

from aiosmtpd.smtp import SMTP
from proxyprotocol.reader import ProxyProtocolReader
from pymap.imap import IMAPServer

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.mail.inboxes import Inboxes, settings
from reference_impl.mail.postmaster import Postmaster


def main() -> None:
    """Serve until SIGTERM; then the process ends with exit code 0."""
    # aiosmtpd warns that passwords go unencrypted: they do, over loopback.
    warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    smtp_port = environment.port("SMTP_PORT")
    imap_port = environment.port("IMAP_PORT")
    asyncio.run(_serve(smtp_port, imap_port, environment.text("MAIL_PASSWORD")))


async def _serve(smtp_port: int, imap_port: int, password: str) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    config = settings()
    config.apply_context()
    inboxes = Inboxes(config, password)
    log = Log("mail")
    try:
        await _listen_smtp(smtp_port, Postmaster(inboxes, password, log))
        reader = ProxyProtocolReader(config.proxy_protocol)
        imap = reader.get_callback(IMAPServer(inboxes, config))
        imap_server = await asyncio.start_server(imap, "127.0.0.1", imap_port)
    except OSError as problem:
        environment.refuse("SMTP_PORT, IMAP_PORT", "free ports", str(problem), "choose others")
    log.line("info", "ready", smtpPort=smtp_port, imapPort=imap_port)
    await ended.wait()
    imap_server.close()


async def _listen_smtp(port: int, postmaster: Postmaster) -> None:
    def session() -> SMTP:
        return SMTP(
            postmaster,
            # Without names of its own it would ask the resolver for this machine's.
            hostname="mail.example",
            ident="ESMTP",
            authenticator=postmaster.authenticate,
            auth_required=True,
            auth_require_tls=False,
            enable_SMTPUTF8=True,
        )

    await asyncio.get_running_loop().create_server(session, "127.0.0.1", port)


if __name__ == "__main__":
    main()
