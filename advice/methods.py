"""The methods that this site knows. Whatever else is sent is refused before anybody looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
"""What browsers send for pages and forms. No other site may read ours, so none needs to ask with OPTIONS either."""


def methods_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 405 to every other method at every address, whoever asks."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in METHODS:
            return get_response(request)
        return HttpResponseNotAllowed(METHODS)

    return answer
