"""PostgREST: the HTTP API over the database."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING
from urllib.parse import quote

from reference_impl.supabase import child
from reference_impl.supabase.database import socket_folder

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from reference_impl.supabase.settings import Settings

# What PostgREST writes when it can answer; its port is open before that. Nobody should ask until
# then: it answers 503 and each such answer makes it read the schema once more.
READY = "Schema cache loaded"


def start(settings: Settings, data: Path) -> subprocess.Popen[bytes]:
    """Start PostgREST, which reaches the database that runs in `data`."""
    folder = quote(socket_folder(data), safe="")
    environment = {
        "PGRST_DB_URI": f"postgresql://authenticator@/postgres?host={folder}",
        "PGRST_DB_SCHEMAS": "public",
        "PGRST_DB_ANON_ROLE": "anon",
        "PGRST_DB_PRE_REQUEST": "trace.request",
        "PGRST_DB_POOL": "10",
        # Settings stay as they are here, and the schema does not change: no need to listen for it.
        "PGRST_DB_CONFIG": "false",
        "PGRST_DB_CHANNEL_ENABLED": "false",
        "PGRST_JWT_SECRET": settings.jwt_secret,
        "PGRST_SERVER_HOST": "127.0.0.1",
        "PGRST_SERVER_PORT": str(settings.port),
        "PGRST_SERVER_TRACE_HEADER": "x-request-id",
        "PGRST_LOG_LEVEL": "crit",
    }
    return child.start([str(settings.postgrest)], data, environment, signal.SIGKILL)
