"""`python -m reference_impl.supabase`: PostgreSQL behind PostgREST.

    PORT ──▶ PostgREST ──▶ unix socket ──▶ PostgreSQL ──▶ DATA_DIR, a copy of a template

Environment:
    PORT: PostgREST's port on 127.0.0.1.
    JWT_SECRET: signs the services' tokens (HS256), 32 characters or more; a token's claim `role`
        is `web` or `worker`.
    DATA_DIR: this run's folder. One that exists is used and left; else it is made and removed.
    TEMPLATE_DIR: a cache, shared by runs.
    POSTGREST_BIN: PostgREST's binary.
"""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

from reference_impl.box.log import Log
from reference_impl.supabase import database, gateway, settings, template
from reference_impl.supabase.installation import MissingError
from reference_impl.supabase.supervisor import Child, EndedError, Supervisor

if TYPE_CHECKING:
    from types import FrameType

    from reference_impl.supabase.settings import Settings


def main() -> None:
    """Serve until SIGTERM (exit code 0) or until a child ends (exit code 1)."""
    known = settings.read()
    log = Log("supabase")
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    made = not known.data.exists()
    supervisor = Supervisor(log)
    try:
        _boot(known, supervisor)
        log.line("info", "ready", port=known.port)
        supervisor.watch()
    except (EndedError, MissingError, OSError) as problem:
        log.line("error", str(problem))
        raise SystemExit(1) from problem
    finally:
        # A second signal must not interrupt the tidying up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        supervisor.stop()
        if made:
            shutil.rmtree(known.data, ignore_errors=True)


def _boot(known: Settings, supervisor: Supervisor) -> None:
    known.data.mkdir(parents=True, exist_ok=True)
    data = known.data / "postgres"
    database.copy(template.find_or_make(known.templates), data)
    # SIGINT is PostgreSQL's "fast" shutdown: connections are ended, the data is left whole.
    supervisor.add(Child("postgresql", database.start(data), signal.SIGINT), database.READY)
    postgrest = gateway.start(known, data)
    supervisor.add(Child("postgrest", postgrest, signal.SIGTERM), gateway.READY)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
