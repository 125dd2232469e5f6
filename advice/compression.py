"""Readers' pages are sent compressed; nothing else is.

Compression tells how alike two things in one answer are, and so may give away a secret that stands beside what somebody
chose (the BREACH attack). A reader's page holds no secret, and neither does what a search finds. What is asked, and the
desk, are sent as they are.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from advice.headers import READING, SEARCH, kind_of


class ReadersGzip(GZipMiddleware):
    """Django's own, for readers' pages only, and without its random padding: the same page is the same bytes."""

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = kind_of(request.path_info)
        is_book = response.headers.get("Content-Type", "").startswith("application/epub+zip")
        if kind not in (READING, SEARCH) or is_book or not isinstance(response, HttpResponse):
            return response
        return super().process_response(request, response)
