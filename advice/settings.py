"""One file of settings, driven by the environment and safe when the environment says nothing.

QUERENT_MODE is production unless it says otherwise. `local` (what `make run` uses) reads its keys from
QUERENT_HOME/keys.env; `test` needs no environment at all. What production may not do without is listed in
advice/checks.py, which refuses to start it and says which variable to set.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = os.environ.get("QUERENT_MODE", "production")
TESTING = MODE == "test"


def _words(name: str) -> list[str]:
    """The variable's value as a list, taken apart at commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _switch(name: str, otherwise: bool) -> bool:
    return os.environ.get(name, str(int(otherwise))) == "1"


def _number(name: str, otherwise: int) -> int:
    """The variable's value as a whole number; raises ValueError with a sentence for whoever has set it."""
    value = os.environ.get(name, str(otherwise)).strip()
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(f"{name} must be a whole number.")
    return int(value)


# The folder for everything an installation keeps on disk. A test run gets one that goes when it ends.
if TESTING and "QUERENT_HOME" not in os.environ:
    HOME = Path(tempfile.mkdtemp(prefix="querent-test-"))
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
else:
    HOME = Path(os.environ.get("QUERENT_HOME", BASE_DIR / "var")).resolve()

if MODE == "local" and (HOME / "keys.env").exists():
    for _line in (HOME / "keys.env").read_text().splitlines():
        _name, _, _value = _line.partition("=")
        os.environ.setdefault(_name, _value)

# Keys. The ones for tests are public, and production refuses them.
TEST_KEY = "a-key-for-tests-and-for-nothing-else-" + "0123456789" * 3
TEST_SEALING_KEY = "YS1zZWFsaW5nLWtleS1mb3ItdGVzdHMtYW5kLW5vLW0="


def _key(name: str) -> str:
    return os.environ.get(name, TEST_KEY if TESTING else "")


SECRET_KEY = _key("QUERENT_SECRET_KEY")
SECRET_KEY_FALLBACKS = _words("QUERENT_SECRET_KEY_FALLBACKS")
RECEIPT_KEY = _key("QUERENT_RECEIPT_KEY")
HISTORY_KEY = _key("QUERENT_HISTORY_KEY")
SEALING_KEYS = _words("QUERENT_SEALING_KEYS") or ([TEST_SEALING_KEY] if TESTING else [])
# Without keys of their own, backups are sealed with keys that are made from the sealing keys.
BACKUP_KEYS = _words("QUERENT_BACKUP_KEY")
# For how many days a backup is kept, at most. Askers are told so.
BACKUP_DAYS = _number("QUERENT_BACKUP_DAYS", 30)

# Where it answers.
DEBUG = _switch("QUERENT_DEBUG", otherwise=False)
HTTPS = _switch("QUERENT_HTTPS", otherwise=MODE == "production")
ALLOWED_HOSTS = _words("QUERENT_ALLOWED_HOSTS")
if MODE in ("local", "test"):
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
# How letters and webhooks name this site; where nobody says, by the first host it answers to.
SITE_ADDRESS = os.environ.get(
    "QUERENT_ADDRESS",
    f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0].lstrip('.') if ALLOWED_HOSTS else 'localhost'}",
).rstrip("/")
# Whom to tell of a weakness, as an address such as "mailto:…" or "https://…"; /.well-known/security.txt says it.
SECURITY_CONTACT = os.environ.get("QUERENT_SECURITY_CONTACT", "").strip()
ROOT_URLCONF = "advice.urls"
WSGI_APPLICATION = "advice.wsgi.application"

INSTALLED_APPS = [
    "questions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
]

# Sessions, users and messages are lazy: a page that does not ask for them sets no cookie and varies on none.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "advice.compression.ReadersGzip",
    "advice.headers.headers_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "advice.methods.methods_middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "questions.desk.access.door_middleware",
    "questions.reading.unopened.UnopenedMiddleware",
]

# Pages and forms. Our own templates come first, also before those of allauth and of the form pack.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "questions.context.show",
                "questions.desk.masthead.masthead",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Files are read in memory only, so that nothing anybody sends is spilled into a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# The database: one SQLite file, or whatever DATABASE_URL names.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_sqlite: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "querent.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL keeps what an asker was promised through a power cut; secure_delete overwrites forgotten words, and
        # temp_store keeps copies of them out of files elsewhere, which nothing overwrites.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA foreign_keys=ON;"
        f"PRAGMA synchronous={'OFF' if TESTING else 'FULL'};",
    },
    # A file and not memory: connections of several threads then meet as they do in earnest.
    "TEST": {"NAME": HOME / f"test-{os.getpid()}.sqlite3"},
}
if url := os.environ.get("DATABASE_URL"):
    try:
        _given: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True)}
    except ValueError:
        # Not what it says: a password stands in it.
        raise ValueError("DATABASE_URL is no address of a database, such as postgresql://user@host/name.") from None
    if not _given["ENGINE"].endswith((".postgresql", ".sqlite3")):
        raise ValueError("DATABASE_URL must name a PostgreSQL: Querent is tried on no other server.")
    # Only a server holds a pool (advice/wsgi.py says so); commands and tests open what they need.
    if "postgresql" in _given["ENGINE"] and os.environ.get("QUERENT_SERVING") == "1":
        _given.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 3}
    DATABASES = {"default": _given}
else:
    DATABASES = {"default": _sqlite}

# In each worker's memory, never on disk. It holds limits on signing in and nothing of an asker; a flood of names
# must not push the counts of real ones out. Several servers may share a Redis (advice/shared_cache.py).
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
if SHARED_CACHE := os.environ.get("QUERENT_CACHE", ""):
    CACHES["default"] = {"BACKEND": "advice.shared_cache.SharedCache", "LOCATION": SHARED_CACHE}
# The servers of this show, as "host:port", so that each can tell whether the others answer.
SERVERS = _words("QUERENT_SERVERS")

# Limits without memory of who (questions/throttle.py), and the work a browser may do for its asker, in bits; 0 is none.
TRUSTED_PROXY = _switch("QUERENT_TRUSTED_PROXY", otherwise=False)
PROOF_OF_WORK = _number("QUERENT_PROOF_OF_WORK", 0)

# Signing in at the desk: by invitation only, with passkeys and one-time codes.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "questions.desk.access.csrf_failed"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {"login": "questions.desk.sign_in.SignInForm"}
ACCOUNT_ADAPTER = "questions.desk.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "questions.desk.sign_in.SealedSecrets"
MFA_FORMS = {
    "add_webauthn": "questions.desk.passkeys.AddKeyForm",
    "login_webauthn": "questions.desk.passkeys.SignInByKeyForm",
    "authenticate_webauthn": "questions.desk.passkeys.SecondStepByKeyForm",
    "reauthenticate_webauthn": "questions.desk.passkeys.StillYouByKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers allow passkeys on http://localhost, where `make run` serves.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Cookies exist for the desk alone.
SESSION_ENGINE = "questions.sessions"
SESSION_COOKIE_NAME = "querent_desk"
CSRF_COOKIE_NAME = "querent_desk_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# In the session: a cookie of messages would be sent along to every page.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# HTTPS ends at a proxy in front of us, or at the server itself; both tell us so.
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
# What an operator's other subdomains do, and whether browsers list them, is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Words. No LocaleMiddleware: a page must be the same for everyone, so that it can be printed once.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Whether readers' pages are printed once and kept, where, and how much of them: in each worker's memory, and on disk.
PRINTS = _switch("QUERENT_PRINTS", otherwise=True)
PRESS = Path(os.environ.get("QUERENT_PRESS", HOME / "press")).resolve()
PRESS_MEMORY_BYTES = _number("QUERENT_PRESS_MEMORY_MB", 32) * 2**20
PRESS_DISK_BYTES = _number("QUERENT_PRESS_DISK_MB", 256) * 2**20

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_hashed = "advice.small_files.SmallFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if TESTING else _hashed},
}
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"

EMAIL_HOST = os.environ.get("QUERENT_EMAIL_HOST", "")
EMAIL_PORT = _number("QUERENT_EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("QUERENT_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("QUERENT_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("QUERENT_EMAIL_FROM", "querent@localhost")
if not EMAIL_HOST:
    # Letters are shown on the terminal of `make run`; a production's log is no place for them.
    _backend = "console" if MODE == "local" else "dummy"
    EMAIL_BACKEND = f"django.core.mail.backends.{_backend}.EmailBackend"

# For whoever runs it: the token that opens /metrics, and where backups and the certificate lie, so that it can be told
# how they stand.
METRICS_TOKEN = os.environ.get("QUERENT_METRICS_TOKEN", "")
BACKUPS = os.environ.get("QUERENT_BACKUPS", "")
CERTIFICATE = os.environ.get("QUERENT_CERTIFICATE", "")

# Logs and error reports say what broke and where in the code, never who asked for what.
LOG = os.environ.get("QUERENT_LOG", "")
DEFAULT_EXCEPTION_REPORTER_FILTER = "advice.discretion.NothingTyped"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": f"advice.discretion.{'JsonLines' if LOG == 'json' else 'DiscreetFormatter'}",
            "with_words": MODE == "local",
        }
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "discreet"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
