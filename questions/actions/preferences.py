"""Somebody of the show says how the desk is to behave for them alone. It is nobody else's business: no Event."""

from questions.models import Person


def set_preferences(person: Person, *, uses_keys: bool, blurs_words: bool) -> None:
    """Set whether single keys decide, and whether the words of questions are blurred until asked for."""
    Person.objects.filter(pk=person.pk).update(uses_keys=uses_keys, blurs_words=blurs_words)
