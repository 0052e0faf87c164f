"""RID001: the body has another request ID than the header."""

from __future__ import annotations

from tests.miniatures.keeps_its_promises import Notes, serve


class TwoIds(Notes):
    """Echoes the ID in the header only."""

    def id_in_body(self) -> str:
        # The IDs that the driver chooses begin so.
        return "unknown" if self.told_id.startswith("case-") else self.told_id


if __name__ == "__main__":
    serve(TwoIds)
