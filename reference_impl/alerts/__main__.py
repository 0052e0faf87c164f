"""`python -m reference_impl.alerts`: the alert webhook.

Environment:
    PORT: the port on 127.0.0.1.
    ALERTS_TOKEN: the bearer token of those who may send and read alerts.
"""

from __future__ import annotations

from reference_impl.alerts.store import Store
from reference_impl.alerts.webhook import Webhook
from reference_impl.box import environment
from reference_impl.box.exchange import Application
from reference_impl.box.log import Log
from reference_impl.box.serve import serve


def main() -> None:
    """Serve until SIGTERM."""
    port = environment.port("PORT")
    webhook = Webhook(Store(), environment.text("ALERTS_TOKEN"))
    serve(Application(Log("alerts"), webhook.respond), port)


if __name__ == "__main__":
    main()
