"""What people ask, how long they wait, and what becomes of it: counted, never quoted."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.desk.access import hosts_only
from questions.desk.insights import figures
from questions.desk.insights.charts import Chart, Tally, charts_of
from questions.desk.insights.figures import Period
from questions.desk.insights.forms import PeriodForm
from questions.desk.seen import status_of
from questions.models import Show


@hosts_only
@require_safe
def insights(request: HttpRequest) -> HttpResponse:
    """Every chart with its table, for the weeks and the topic that the address names."""
    form = PeriodForm(request.GET)
    period, charts = _counted(form)
    by_name = {chart.name: chart for chart in charts}
    context = {
        "form": form,
        "period": period,
        "charts": charts,
        "asked": by_name["weeks"].table.counts.total,
        "waiting": by_name["ages"].table.counts.total,
        "median": by_name["waits"].middle,
        "tallies": [Tally(*verdict) for verdict in figures.verdicts(timezone.now())],
        "query": f"?{request.GET.urlencode()}" if request.GET and form.is_valid() else "",
    }
    return render(request, "desk/insights.html", context, status=status_of(form, None))


@hosts_only
@require_safe
def insights_table(request: HttpRequest, name: str) -> HttpResponse:
    """One chart's table as CSV, with the same numbers and the same gaps as on the page."""
    form = PeriodForm(request.GET)
    found = {chart.name: chart for chart in _counted(form)[1]}
    if name not in found or not form.is_valid():
        return redirect("desk:insights")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # A mark that tells spreadsheets the encoding.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(found[name].head)
    for row in found[name].rows:
        writer.writerow([_harmless(row[0]), *row[1 : len(found[name].head)]])
    return response


def _counted(form: PeriodForm) -> tuple[Period, list[Chart]]:
    """The charts for what the form says; where it says nothing that there is, for twelve weeks of everything."""
    chosen = form.cleaned_data if form.is_valid() else {}
    show, now = Show.objects.current(), timezone.now()
    period = Period(chosen.get("weeks") or 12, timezone.localdate(now, show.zone), show.zone, chosen.get("topic"))
    return period, charts_of(period, now, is_mirrored=show.direction == "rtl")


def _harmless(label: str) -> str:
    """A label that no spreadsheet takes for a formula."""
    return f"'{label}" if label.startswith(("=", "+", "-", "@", "\t", "\r")) else label
