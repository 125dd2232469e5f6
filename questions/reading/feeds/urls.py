"""The addresses of the feeds: readers have them stored, so none of them may ever change."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter

from questions.reading.feeds import views
from questions.reading.feeds.channels import FORMATS


class FormatConverter:
    """What ends the address of a feed."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "format")


def in_each_format(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """A feed and its further pages, with everything and without what is not safe."""
    return [
        path(f"feeds/{place}{route}{page}.<format:format>", view, {"is_safe": bool(place)}, name=f"{prefix}{name}")
        for place, prefix in (("", ""), ("safe/", "safe-"))
        for page in ("", "/page/<int:number>")
    ]


urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    *in_each_format("episodes", views.feed, "feed"),
    *in_each_format("topics/<slug:slug>", views.topic_feed, "topic-feed"),
    *in_each_format("people/<slug:slug>", views.person_feed, "person-feed"),
]
