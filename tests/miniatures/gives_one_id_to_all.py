"""RID002: every request without an ID gets the same one."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class OneForAll(Notes):
    """Made its request ID when it started."""

    def fresh_id(self) -> str:
        return "req_1"


if __name__ == "__main__":
    serve(OneForAll)
