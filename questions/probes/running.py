"""Whether what runs by itself runs: the clock, backups, mail and webhooks, and what stands in front."""

import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Max, Q
from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.models import Delivery, DeliveryState, Person, Webhook
from questions.models.notice import CALL
from questions.probes.finding import Finding, broken, look, well
from questions.probes.notes import last_backup, last_tick

LATE = timedelta(minutes=16)
"""Three ticks, and a minute of work."""
OLD_BACKUP = timedelta(days=2)


def ticking(now: datetime) -> Finding:
    tick = last_tick()
    advice = _("The server ticks every five minutes: start it. If it runs, its log says what is in the way.")
    if tick is None:
        return look(_("No tick has been noted yet."), advice)
    words = {"ago": timesince(tick.at, now), "seconds": f"{tick.seconds:.1f}"}
    if now - tick.at > LATE:
        return broken(_("The last tick was {ago} ago. What time makes due is not done.").format(**words), advice)
    if tick.failed:
        sentence = _("The last tick was {ago} ago. What failed: {deeds}.").format(
            ago=words["ago"], deeds=", ".join(f"{deed} ({count})" for deed, count in sorted(tick.failed.items()))
        )
        return broken(sentence, _("“manage.py tick” does it again and names each item and its error."))
    return well(_("The last tick was {ago} ago and took {seconds} seconds.").format(**words))


def backed_up(now: datetime) -> Finding:
    advice = _("Run “manage.py backup FOLDER” every day, and keep the keys elsewhere.")
    try:
        backup = last_backup()
    except OSError:
        return look(_("The folder that QUERENT_BACKUPS names cannot be read."), advice)
    if backup is None:
        return look(_("None. Nobody knows of any backup."), advice)
    words = {"ago": timesince(backup.at, now), "size": filesizeformat(backup.size), "file": backup.file}
    if not backup.is_good:
        return broken(_("The last backup, {ago} ago, went wrong.").format(**words), advice)
    sentence = _("The last backup is {ago} old: {file}, {size}.").format(**words)
    return look(sentence, advice) if now - backup.at > OLD_BACKUP else well(sentence)


def failing_webhooks() -> int:
    """How many webhooks do not get what they are told, at present.

    Calls for help do not count, since the time at which one fails would tell when somebody cried.
    """
    told = ~Q(deliveries__kind=CALL)
    trying = Q(deliveries__state=DeliveryState.DUE, deliveries__tries__gt=0) & told
    hooks = Webhook.objects.listening().annotate(
        failed=Max("deliveries__ended_at", filter=Q(deliveries__state=DeliveryState.FAILED) & told),
        done=Max("deliveries__ended_at", filter=Q(deliveries__state=DeliveryState.DONE) & told),
        trying=Max("deliveries__tries", filter=trying),
    )
    return sum(bool(hook.trying or (hook.failed and (not hook.done or hook.failed > hook.done))) for hook in hooks)


def webhooks(now: datetime) -> Finding:
    listening, failing = Webhook.objects.listening().count(), failing_webhooks()
    if failing:
        sentence = ngettext(
            "{failing} of {count} webhook fails.", "{failing} of {count} webhooks fail.", listening
        ).format(failing=failing, count=listening)
        return look(sentence, _("Whoever added it sees why under Your notices, and can pause or delete it."))
    if not listening:
        return well(_("There are none."))
    return well(ngettext("{count} webhook is told.", "{count} webhooks are told.", listening).format(count=listening))


def mail(now: datetime) -> Finding:
    wanted = Person.objects.hosts().here().exclude(address=None).exists()
    if not settings.EMAIL_HOST:
        if wanted:
            advice = _("Set QUERENT_EMAIL_HOST and what belongs to it.")
            return look(_("Hosts want mails, and there is nobody to send them through."), advice)
        return well(_("None is sent, and nobody wants any."))
    mails = Delivery.objects.told().filter(webhook=None)
    last = mails.exclude(ended_at=None).exclude(state=DeliveryState.DROPPED).order_by("-ended_at", "-pk").first()
    is_stuck = mails.filter(state=DeliveryState.DUE, tries__gt=0).exists()
    if is_stuck or (last and last.state == DeliveryState.FAILED):
        advice = _(
            "“manage.py doctor --thorough” tries the mail server. Look at QUERENT_EMAIL_HOST, _PORT, _USER, _PASSWORD."
        )
        return look(_("The last mail did not leave."), advice)
    return well(_("Mails leave through the server that QUERENT_EMAIL_HOST names."))


def mail_server(now: datetime) -> Finding:
    """Signs in at the mail server, and sends nothing."""
    if not settings.EMAIL_HOST:
        return well(_("There is none to try."))
    advice = _("Look at QUERENT_EMAIL_HOST, _PORT, _USER and _PASSWORD; port 587 with STARTTLS is expected.")
    try:
        server = get_connection(timeout=5)
        server.open()
        server.close()
    except smtplib.SMTPAuthenticationError:
        return broken(_("The mail server refuses the user or the password."), advice)
    except (OSError, smtplib.SMTPException):
        return broken(_("The mail server cannot be reached, or refuses an encrypted line."), advice)
    return well(_("It lets us in."))


def in_front(now: datetime) -> Finding:
    """What the settings say of HTTPS and of the proxy that it ends at."""
    if settings.MODE != "production":
        return well(_("This is no production: it answers on this machine alone."))
    if not settings.HTTPS:
        return broken(_("Questions travel in clear."), _("Take QUERENT_HTTPS=0 away."))
    if not settings.TRUSTED_PROXY:
        advice = _(
            "If all requests come through a proxy of yours that sets X-Forwarded-For, set QUERENT_TRUSTED_PROXY=1. "
            "Never without one: anybody could then claim any address."
        )
        return look(_("Over HTTPS only. Limits see the proxy instead of who stands behind it."), advice)
    return well(_("Over HTTPS only, through a proxy that is believed."))
