from collections.abc import Mapping

class Proxy:
    def add_toxic(
        self,
        *,
        type: str,  # noqa: A002 - theirs
        stream: str,
        name: str,
        attributes: Mapping[str, int],
    ) -> None: ...
    def destroy_toxic(self, toxic_name: str) -> bool: ...
