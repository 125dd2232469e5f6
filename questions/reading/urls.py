"""The reader's addresses. They are a contract: bookmarks and feeds rely on them."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from questions.reading import device, for_crawlers, oembed, search, sheet, views
from questions.reading.books import urls as books
from questions.reading.feeds import urls as feeds

app_name = "reading"


def paged(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """A list and its further pages, which have addresses of their own instead of query strings."""
    return [path(route, view, name=name), path(f"{route}page/<int:number>/", view, name=f"{name}-page")]


urlpatterns = [
    path("", views.home, name="home"),
    *paged("episodes/", views.episodes, "episodes"),
    path("episodes/<slug:slug>/", views.episode, name="episode"),
    path("topics/", views.topics, name="topics"),
    *paged("topics/<slug:slug>/", views.topic, "topic"),
    *paged("seasons/<int:season_number>/", views.season, "season"),
    *paged("people/<slug:slug>/", views.person, "person"),
    *paged("verdicts/<slug:slug>/", views.verdict, "verdict"),
    path("search/", search.search, name="search"),
    # The show's own pages
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("house-rules/", views.house_rules, name="house-rules"),
    path("help-now/", views.help_now, name="help-now"),
    # To carry away
    *books.urlpatterns,
    # What lives on the reader's own device
    path("your-device/", device.your_device, name="your-device"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("notes.webmanifest", device.neutral_manifest, name="neutral-manifest"),
    path("sw.js", device.service_worker, name="service-worker"),
    # For programs
    path("show.css", sheet.show_sheet, name="show-sheet"),
    *feeds.urlpatterns,
    path("oembed", oembed.oembed, name="oembed"),
    path("sitemap.xml", for_crawlers.sitemap, name="sitemap"),
    path("sitemap/<int:number>.xml", for_crawlers.sitemap, name="sitemap-page"),
    path("robots.txt", for_crawlers.robots, name="robots"),
    path(".well-known/security.txt", for_crawlers.security, name="security"),
]
