"""All settings of Kembar, read once from the environment. docs/running/settings.md describes each name."""

import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("KEMBAR_DATA_DIR", BASE_DIR / "var")

DEBUG = env.flag("KEMBAR_DEBUG")
# A sample instance: prints sample accounts, shows sent letters at the desk, reads codes on loopback.
KEMBAR_SAMPLE = env.flag("KEMBAR_SAMPLE")
KEMBAR_HOME_OFFICE = env.text("KEMBAR_HOME_OFFICE", "bandung")
KEMBAR_SITE_ADDRESS = env.text("KEMBAR_SITE_ADDRESS", "http://localhost:8000").rstrip("/")


def _secret_key() -> str:
    """The given key, else one kept beside the data, made on the first start."""
    given = env.text("KEMBAR_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("KEMBAR_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [KEMBAR_SITE_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "kembar.access",
    "kembar.web",
    "kembar.journal",
    "kembar.files",
    "kembar.mailbox",
    "kembar.languages",
    "kembar.search",
    "kembar.sources",
    "kembar.cities",
    "kembar.people",
    "kembar.countersign",
    "kembar.partnerships",
    "kembar.agreements",
    "kembar.procedure",
    "kembar.commitments",
    "kembar.papers",
    "kembar.intake",
    "kembar.spreadsheets",
    "kembar.reminders",
    "kembar.desk",
    "kembar.public",
    "kembar.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kembar.api.middleware.ProblemsNotPages",
    "kembar.web.middleware.refuse_trace",
    "kembar.web.middleware.language_from_address",
    "kembar.public.cache.cached_public_pages",
    "csp.middleware.CSPMiddleware",
    "kembar.web.middleware.UnclearRequests",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kembar.people.middleware.who_asks",
    "kembar.web.entry.ClosedByDefault",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "kembar.web.page.frame"],
            "builtins": ["kembar.web.templatetags.web"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def _database() -> dict[str, object]:
    given = env.text("KEMBAR_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'kembar.sqlite3'}"
    database: dict[str, object] = {**dj_database_url.parse(given, conn_max_age=0)}
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
        }
        # Readers keep their connection: opening the file again for each request costs more than the query.
        database["CONN_MAX_AGE"] = None
    else:
        options = dict(database.get("OPTIONS", {}))  # type: ignore[call-overload]
        # Prepared statements cut PostgreSQL's own time by two thirds; a pool saves a connection per request.
        options |= {"pool": {"min_size": 1, "max_size": 4}, "server_side_binding": True, "prepare_threshold": 3}
        database["OPTIONS"] = options
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    # Where the sign-in library counts tries and notes used codes: all workers together, and past a restart.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_counted",
        "KEY_FUNCTION": "kembar.people.adapter.shared_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "memory": {"BACKEND": _IN_MEMORY, "LOCATION": "memory", "OPTIONS": {"MAX_ENTRIES": 5000}},
    # Whole public pages, each with its packed form: some 30 KB apiece, per worker.
    "pages": {"BACKEND": _IN_MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文")]
LOCALE_PATHS = sorted((BASE_DIR / "kembar").glob("*/locale"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "files"
KEMBAR_LARGEST_FILE = env.number("KEMBAR_LARGEST_FILE", 25)  # megabytes
# Certificates (.pem, .crt, .cer) of those whose word on an electronic signature is taken.
KEMBAR_TRUST_ROOTS = env.folder("KEMBAR_TRUST_ROOTS", DATA_DIR / "trust-roots")
# What drawing one paper may take: seconds of a processor, megabytes of memory.
KEMBAR_DRAWING_SECONDS = env.number("KEMBAR_DRAWING_SECONDS", 20)
KEMBAR_DRAWING_MEMORY = env.number("KEMBAR_DRAWING_MEMORY", 2000)
FILE_UPLOAD_HANDLERS = [
    "kembar.files.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10  # a request may bring
KEMBAR_API_PER_MINUTE = env.number("KEMBAR_API_PER_MINUTE", 600)  # requests of one program

_mail = env.mail_server("KEMBAR_MAIL_SERVER")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = _mail
EMAIL_TIMEOUT = 30
_site_host = KEMBAR_SITE_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
DEFAULT_FROM_EMAIL = env.text("KEMBAR_MAIL_FROM", f"Kembar <kembar@{_site_host}>")

_HTTPS = KEMBAR_SITE_ADDRESS.startswith("https://")
# How many proxies stand before the site: wrong passwords are also counted by the address they come from.
_PROXIES = env.number("KEMBAR_PROXIES", 0)
# Only a proxy can tell how a visitor came; without one, believing the header would let anybody say it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS and _PROXIES else None
SECURE_SSL_REDIRECT = _HTTPS and _PROXIES > 0
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# Browsers' built-in lists take whole domains only; that is for whoever holds the domain to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kembar.web.page.form_expired"

# Who signs in. Accounts come by invitation only; the second factor is forced by kembar.people.middleware.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
ACCOUNT_PAGE = "people_account"
PASSWORD_RESET_LASTS = timedelta(hours=2)
PASSWORD_RESET_TIMEOUT = int(PASSWORD_RESET_LASTS.total_seconds())
ACCOUNT_ADAPTER = "kembar.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# By address they come from (a room full of people may share one). By account: kembar.people.rules.TRIES.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip"}
ACCOUNT_FORMS = {
    "login": "kembar.people.forms.SignInForm",
    "reauthenticate": "kembar.people.forms.ConfirmForm",
    "change_password": "kembar.people.forms.ChangePasswordForm",
    "reset_password": "kembar.people.forms.ForgottenForm",
    "reset_password_from_key": "kembar.people.forms.NewPasswordForm",
}
MFA_ADAPTER = "kembar.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kembar"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kembar.people.forms.CodeForm",
    "reauthenticate": "kembar.people.forms.ConfirmCodeForm",
    "activate_totp": "kembar.people.forms.NewAppForm",
    "add_webauthn": "kembar.people.forms.NewKeyForm",
}
# The city's own directory (OpenID Connect): docs/running/directory.md.
DIRECTORY = env.directory()
SOCIALACCOUNT_ADAPTER = "kembar.people.directory.DirectoryAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "directory",
                "name": "directory",
                "client_id": DIRECTORY.client,
                "secret": DIRECTORY.secret,
                "settings": {"server_url": DIRECTORY.issuer, "oauth_pkce_enabled": True},
            }
        ]
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = _PROXIES
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
# Over https the names forbid every other host, also below the same domain, to set these cookies.
_COOKIE_PREFIX = "__Host-" if SESSION_COOKIE_SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}kembar-session", f"{_COOKIE_PREFIX}kembar-form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
