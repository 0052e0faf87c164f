"""INT001: a note that is none is answered with what the parser was doing."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Body, Notes, serve


class Stack(Notes):
    """Gives its own trace as the message."""

    def error(self, code: str) -> Body:
        trace = 'Traceback (most recent call last):\n  File "/srv/notes/keep.py", line 7, in keep'
        return super().error(code) | ({"message": trace} if code == "NO_NOTE" else {})


if __name__ == "__main__":
    serve(Stack)
