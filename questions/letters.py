"""The mails of the house: from a pair of templates, with addresses that lead back here. No word of any question."""

import uuid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from questions.models import Show


def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_ADDRESS}{path}"


def letter(name: str, *, to: str, subject: str, ref: uuid.UUID, **context: Any) -> EmailMultiAlternatives:
    """One mail from emails/<name>.txt and .html. By its `ref` mail programs know it again when it is sent twice."""
    context |= {"subject": subject, "show": Show.objects.current()}
    host = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"emails/{name}.txt", context),
        to=[to],
        headers={"Message-ID": f"<{ref}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    return mail
