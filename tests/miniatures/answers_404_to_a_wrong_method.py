"""MTH001: a method that a path does not have is answered as if there were no such path."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class Router(Notes):
    """Looks for method and path at once, as some routers do."""

    def refuse_method(self, allowed: str) -> None:
        del allowed
        self.fail("NOT_FOUND")


if __name__ == "__main__":
    serve(Router)
