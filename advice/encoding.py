"""What is sent is read as UTF-8, whatever it says of itself."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def read_as_utf_8(application: Application) -> Application:
    """Drop the encoding that a request declares, which only programs do.

    Django reads the address in it before any middleware is asked, and falls over names such as "hex".
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
        kept = [each for each in parameters if not each.strip().lower().startswith("charset")]
        return application({**environ, "CONTENT_TYPE": ";".join([kind, *kept])}, start_response)

    return answer
