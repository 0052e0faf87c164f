from collections.abc import Mapping

class APIConsumer:
    host: str
    port: int
    @classmethod
    def post(
        cls,
        url: str,
        data: object = ...,
        json: Mapping[str, object] | None = ...,
        *,
        timeout: float,
    ) -> object: ...
