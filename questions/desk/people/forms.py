"""What is typed about the people of the show. The cleaned names are those the actions take."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from questions.actions.invite import DAYS_ALLOWED, has_account
from questions.actions.people import Profile, has_known_address
from questions.desk.fields import ProseField
from questions.desk.house.forms import HouseForm
from questions.lifecycle import Role
from questions.models import Person
from questions.models.person import STAFF_ROLES

WHAT_ROLES_MAY = {
    Role.VIEWER: _("reads the queue, and changes nothing"),
    Role.GUEST: _("answers what they are given, and sees nothing else"),
    Role.HOST: _("decides, answers and publishes"),
    Role.OWNER: _("does all that, and looks after people and promises"),
}


def role_choices() -> list[tuple[str, str]]:
    """Every role with what it may, from the least trusted on."""
    return [(value, f"{label}: {WHAT_ROLES_MAY[Role(value)]}") for value, label in STAFF_ROLES]


class RoleField(forms.ChoiceField):
    """One of the roles of the show, each with what it may."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Role"), choices=role_choices, **options)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return Role(cleaned) if cleaned else cleaned


class ProfileForm(HouseForm, forms.ModelForm):
    """What readers see of a person."""

    bio = ProseField(label=_("About them"), required=False, max_length=2000)
    disclosure = ProseField(
        label=_("Disclosure"),
        required=False,
        max_length=2000,
        help_text=_("What they are an expert in and what they are not. Both may use Markdown."),
    )

    class Meta:
        model = Person
        fields = ("name", "slug", "pronouns", "bio", "disclosure")
        help_texts = {"slug": _("The end of their page’s address: /people/noor-haddad/.")}
        widgets = {name: forms.TextInput(attrs={"dir": "auto"}) for name in ("name", "pronouns")}
        error_messages = {"slug": {"unique": _("Somebody else’s page has this address already.")}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_known_address(self.instance):
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("An episode names them, so their page keeps its address.")

    @property
    def profile(self) -> Profile:
        return Profile(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class NewPersonForm(ProfileForm):
    """Somebody who is put on the list."""

    role = RoleField(initial=Role.GUEST)


class RoleForm(HouseForm, forms.Form):
    role = RoleField()


class InviteForm(HouseForm, forms.Form):
    """Whom an invitation is for, and for how long."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        to_field_name="ref",
        required=False,
        label=_("For somebody on the list"),
        empty_label=_("Somebody new"),
        help_text=_("Their page, their credits and what they did stay theirs."),
    )
    role = RoleField(initial=Role.HOST)
    days = forms.IntegerField(
        label=_("It holds for so many days"), initial=3, min_value=DAYS_ALLOWED[0], max_value=DAYS_ALLOWED[1]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        everybody = Person.objects.select_related("user")
        without = [person.pk for person in everybody if not has_account(person)]
        field.queryset = Person.objects.filter(pk__in=without)


class OffboardForm(HouseForm, forms.Form):
    keeps_guest_links = forms.BooleanField(
        label=_("Guests whom they invited may go on answering"), required=False, initial=True
    )


class JoinForm(HouseForm, forms.Form):
    """Name, user name and password of somebody who comes in by an invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As colleagues see it, and as readers do once an episode credits you."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    user_name = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("To sign in with. Letters, figures and . _ - only."),
        validators=[RegexValidator(r"\A[\w.-]+\Z", _("Letters, figures and . _ - only, please, and no spaces."))],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_user_name(self) -> str:
        typed: str = self.cleaned_data["user_name"]
        # The account of old of somebody who is welcome back is theirs to take again.
        others = User.objects.exclude(pk=self.initial["user_pk"]) if "user_pk" in self.initial else User.objects.all()
        if others.filter(username__iexact=typed).exists():
            raise forms.ValidationError(_("Somebody signs in with this name already."))
        return typed

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "password" in typed:
            try:
                validate_password(typed["password"], User(username=typed.get("user_name", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        if "again" in typed and typed["again"] != typed.get("password", typed["again"]):
            self.add_error("again", _("The two passwords differ. Type both again."))
        return typed
