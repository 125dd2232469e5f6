"""The reader's addresses. They are a contract: bookmarks and feeds rely on them."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from questions.reading import feeds, metadata, sheet, views

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
    # The show's own pages
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("house-rules/", views.house_rules, name="house-rules"),
    path("help-now/", views.help_now, name="help-now"),
    # For programs
    path("show.css", sheet.show_sheet, name="show-sheet"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/episodes.rss", feeds.episodes_rss, name="episodes-rss"),
    path("sitemap.xml", metadata.sitemap, name="sitemap"),
    path("robots.txt", metadata.robots, name="robots"),
]
