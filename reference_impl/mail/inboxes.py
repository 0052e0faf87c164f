"""Every address's inbox, in memory, as pymap's backend keeps them.

pymap's dict backend, rather than a Maildir in a temporary folder: the SMTP side appends to the very
inbox that the IMAP side shows, so that mail is seen at once (IDLE too) and nothing is left behind.
"""

from __future__ import annotations

import ssl
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.exceptions import InvalidAuth
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import Cleartext

from reference_impl.mail.address import normal

if TYPE_CHECKING:
    from pymap.interfaces.login import IdentityInterface
    from pysasl.creds.server import ServerCredentials

_BIGGEST_MESSAGE_BYTES = 10 * 1024 * 1024


class Settings(Config):
    """pymap's settings: loopback, no TLS, no threads, no look-up of names."""

    @property
    def greeting(self) -> bytes:
        """The greeting; pymap's own asks the resolver for this machine's name."""
        return b"Server ready"


def settings() -> Settings:
    """The settings of an IMAP server in this process."""
    return Settings(
        Namespace(),
        host="127.0.0.1",
        # Unused: the listener is made elsewhere.
        port=0,
        demo_data=False,
        demo_user="",
        demo_password="",
        tls_enabled=False,
        ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        reject_dnsbl=False,
        hash_context=Cleartext(),
        cpu_subsystem=Subsystem.for_asyncio(),
        proxy_protocol=ProxyProtocolVersion.get(),
        max_append_len=_BIGGEST_MESSAGE_BYTES,
    )


class Inboxes(Login):
    """Lets every email address log in with one password; takes mail for all of them."""

    def __init__(self, config: Settings, password: str) -> None:
        """Start without inboxes: each is made when its first mail or its owner comes."""
        super().__init__(config)
        self._settings = config
        self._password = password
        self._check = Passwords(config)

    async def authenticate(self, credentials: ServerCredentials) -> Identity:
        """Whose credentials they are.

        Raises:
            InvalidAuth: when the user is no address, or the password is wrong.
        """
        name = normal(credentials.authcid)
        given = UserMetadata(self._settings, credentials.authcid, password=self._password)
        if name is None or not await self._check.check_password(given, credentials):
            raise InvalidAuth
        self.users_dict.setdefault(name, UserMetadata(self._settings, name))
        return Identity(name, self, None, frozenset())

    async def authorize(self, authenticated: IdentityInterface, authzid: str) -> Identity:
        """The same address, whatever its case; nobody acts for someone else."""
        return await super().authorize(authenticated, normal(authzid) or "")

    async def deliver(self, address: str, message: bytes) -> None:
        """Put the message, as it is, into the address's inbox."""
        made = self._settings.set_cache.get(address)
        if made is None:
            made = self._settings.set_cache[address] = (MailboxSet(), FilterSet())
        inbox = await made[0].get_mailbox("INBOX")
        await inbox.append(AppendMessage(message, datetime.now(UTC)), recent=True)
