"""The queues: every question of one state beside the first of them, what has happened to one since, and the search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from questions.desk.access import READING, host_of, hosts_only, viewers_too
from questions.desk.queue.forms import OPEN, SearchForm
from questions.desk.queue.listing import list_beside, place_of, queue_in
from questions.desk.queue.news import event_named, news_of
from questions.desk.queue.pages import QUEUES, page_from
from questions.desk.queue.searching import MOST_QUESTIONS, found_by, is_partial
from questions.desk.triage.detail import Detail


@viewers_too
@require_safe
def queue(request: HttpRequest, name: str = "waiting") -> HttpResponse:
    """The questions of one state, urgent first, then oldest, beside the first of them."""
    chosen = request.GET.get("state")
    queue = queue_in(request, QUEUES.get(chosen or name, QUEUES[name]))
    if chosen is not None and not queue.filter.unknown:
        # The form of the filter sends every field; an address is worth keeping only without the empty ones.
        return redirect(queue.address())
    page = page_from(queue, place_of(request))
    first = page.rows[0].question if page.rows else None
    context = {"detail": Detail(first, queue.host) if first else None} | list_beside(page, first, is_list=True)
    return render(request, "desk/queue.html", context)


@viewers_too
@require_safe
def queue_news(request: HttpRequest, name: str) -> HttpResponse:
    """What has happened to a list since the event that its page names, for the page that shows it."""
    since = event_named(request.GET.get("newest", ""))
    if since is None:
        return JsonResponse({"error": "newest"}, status=400)
    return JsonResponse(news_of(queue_in(request, QUEUES[name]), since))


@hosts_only
@require_http_methods([*READING, "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find questions by their words. They are sent and stand in no address, since logs and histories keep those."""
    form = SearchForm({"state": OPEN, **request.POST.dict()} if request.method == "POST" else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = found_by(words, form.cleaned_data["state"], host_of(request)) if words else []
    context = {"search_form": form, "words": words, "found": found, "most": MOST_QUESTIONS, "is_partial": is_partial()}
    return render(request, "desk/search.html", context, status=422 if form.is_bound and form.errors else 200)
