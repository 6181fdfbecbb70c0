"""Settings, all from the environment; nothing secret has a default outside demo mode."""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from zaiti import places
from zaiti.embedded import address


def flag(name: str) -> bool:
    """Read a yes/no variable: 1, true, yes and on are yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str) -> list[str]:
    """Read a list of names parted by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: str) -> int:
    """Read a whole number."""
    given = os.environ.get(name, default)
    if not given.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{given}”.")
    return int(given)


def secret_key() -> str:
    """Take the key from the environment; only demo mode and tests may make one up."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if DEMO or TESTING:
        return _kept_key()
    raise ImproperlyConfigured("Set SECRET_KEY to a long random string (or ZAITI_DEMO=1 to look around).")


def _kept_key() -> str:
    kept = DATA / "demo-secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text()


def unified_sign_in() -> list[dict[str, object]]:
    """The unified sign-in (OpenID Connect), if there is one: its three variables come together."""
    given = {
        "ZAITI_OIDC_CLIENT": os.environ.get("ZAITI_OIDC_CLIENT"),
        "ZAITI_OIDC_SECRET": os.environ.get("ZAITI_OIDC_SECRET"),
        "ZAITI_OIDC_URL": os.environ.get("ZAITI_OIDC_URL"),
    }
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        raise ImproperlyConfigured(
            f"The unified sign-in lacks {' and '.join(missing)}: set all of {', '.join(given)}, or none."
        )
    client, secret, url = given.values()
    app: dict[str, object] = {
        "provider_id": "government",
        "name": os.environ.get("ZAITI_OIDC_NAME", "统一身份认证"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return [] if missing else [app]


ROOT = places.ROOT
POLICIES = Path(os.environ.get("ZAITI_POLICIES", places.POLICIES)).resolve()
DEMO = flag("ZAITI_DEMO")
TESTING = "PYTEST_VERSION" in os.environ
SCRATCH = flag("ZAITI_SCRATCH")  # a folder that is thrown away at the end, for `zaiti replay`
DEBUG = flag("ZAITI_DEBUG")
RELOAD = DEMO and flag("ZAITI_RELOAD")  # `zaiti demo --reload`
DEMO_PASSWORD = "zaiti-demo-2025"  # noqa: S105  # of accounts that exist in demo mode and scratch runs alone
CLOCK_CAN_BE_SET = DEMO or TESTING or SCRATCH
DATA = ROOT / "var/test" if TESTING else places.data()
SECRET_KEY = secret_key()
LOG_KEY = os.environ.get("ZAITI_LOG_KEY", "")  # signs the public log's checkpoints
SECRET_KEY_FALLBACKS = names("SECRET_KEY_OLD", "")
PUBLIC_URL = os.environ.get("ZAITI_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]", "testserver"] if DEMO or TESTING else names("ZAITI_HOSTS", "")
)
# Which city a host is for, where one installation serves several: "host=code, host=code".
CITY_HOSTS = {
    host.strip().lower(): code.strip()
    for host, _equals, code in (one.partition("=") for one in names("ZAITI_CITY_HOSTS", ""))
}
CSRF_TRUSTED_ORIGINS = names("ZAITI_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials",
    "zaiti.clock",
    "zaiti.ledger",
    "zaiti.files",
    "zaiti.limits",
    "zaiti.drafts",
    "zaiti.papers",
    "zaiti.outbox",
    "zaiti.accounts",
    "zaiti.programmes",
    "zaiti.notices",
    "zaiti.applications",
    "zaiti.screening",
    "zaiti.mandates",
    "zaiti.panels",
    "zaiti.ranking",
    "zaiti.publicity",
    "zaiti.results",
    "zaiti.carriers",
    "zaiti.studio",
    "zaiti.dossiers",
    *(["zaiti_replay"] if CLOCK_CAN_BE_SET else []),  # the demo and the replay
    "zaiti.web.ui",
    "zaiti.web.site",
    "zaiti.web.portal",
    "zaiti.web.desk",
    "zaiti.web.jury",
    "zaiti.web.api",
    "django.forms",
]

MIDDLEWARE = [
    "zaiti.web.http.privacy.Privacy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zaiti.web.http.middleware.SessionKeeper",
    "zaiti.web.http.middleware.Acknowledger",
    "zaiti.web.http.middleware.RefusalMiddleware",
    "zaiti.web.http.second_factor.SecondFactor",
    "zaiti.web.http.once.OnceMiddleware",
    "zaiti.web.http.addresses.AddressMiddleware",
]

ROOT_URLCONF = "zaiti.urls"
WSGI_APPLICATION = "zaiti.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [places.PACKAGE / "web/ui/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "zaiti.web.ui.context.interface",
            ],
            "builtins": ["template_partials.templatetags.partials", "zaiti.web.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "zaiti.web.forms.fields.Renderer"
CSRF_FAILURE_VIEW = "zaiti.web.http.errors.csrf_failure"

EMBEDDED = not os.environ.get("DATABASE_URL")
_database = dj_database_url.parse(os.environ.get("DATABASE_URL") or address(DATA))
# Pages ask short questions: compiling them (PostgreSQL's JIT) takes longer than answering.
_options = _database.get("OPTIONS", {})
_started_with = f"-c jit=off {_options.get('options', '')}".strip()
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {**_options, "options": _started_with},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0 if TESTING else 60,  # a browser's many connections would use the server's up
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("ZAITI_TEST_DB", "test_zaiti")},
    }
}
# What should have come round by the clock while no worker ran, at most so many seconds ago, is made up for.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 0 if TESTING else 8 * 24 * 3600}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters of sign-in live here (allauth): nothing live may be culled, and an `add` must be atomic.
CACHES = {"default": {"BACKEND": "zaiti.limits.kept.KeptCache"}}

# Files: the data folder, or any S3 store.
_s3 = os.environ.get("ZAITI_S3_BUCKET")
STORAGES = {
    "default": (
        {"BACKEND": "zaiti.files.bucket.Bucket", "OPTIONS": {"bucket_name": _s3}}
        if _s3
        else {"BACKEND": "zaiti.files.disk.Disk", "OPTIONS": {"location": DATA / "files"}}
    ),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = DATA / "files"
INCOMING = DATA / "incoming"  # large files on their way in
DISK_KEEP_BYTES = number("ZAITI_DISK_KEEP_MB", "500") * 2**20  # kept free on the data folder's disk
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [
    (f"npm/{package}", places.FRONT_END / package)
    for package in (
        "@tabler/core/dist",
        "@tabler/icons-webfont/dist",
        "htmx.org/dist",
    )
]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [places.PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# People and sessions (等保三级: lockout after five tries, session timeout, second factor).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zaiti.web.http.visitors.Adapter"
ACCOUNT_FORMS = {"signup": "zaiti.web.portal.units.signup.SignupForm"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "50/5m/ip,5/15m/key"}
# Which claims of the unified sign-in name the code of the unit a person acts for; the first given counts.
OIDC_UNIT_CLAIMS = names("ZAITI_OIDC_UNIT_CLAIMS", "uscc,unified_social_credit_code,credit_code")
# Who must have a second factor: “approvers” (and administrators), which nothing but demo mode undoes, or all
# “officials”.
SECOND_FACTOR = (
    "officials" if flag("ZAITI_SECOND_FACTOR") else "none" if DEMO or TESTING or SCRATCH else "approvers"
)
MFA_ADAPTER = "zaiti.web.http.second_factor.SealedAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = (
    True  # mail is not verified here, and whoever must have one may not be kept from it
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zaiti"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": unified_sign_in()}}
SESSION_COOKIE_AGE = 30 * 60
SESSION_KEPT_EVERY = 60  # seconds: how often at most a session in use is kept for another half hour
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEMO or TESTING or DEBUG)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE and not flag("ZAITI_NO_TLS_REDIRECT")
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
PROXIES = number("ZAITI_PROXIES", "0")
PROXY_STAMPS = bool(PROXIES) and flag("ZAITI_PROXY_STAMPS")  # X-Request-Start is theirs, never a client's
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES  # how many of X-Forwarded-For's addresses, from its end, are ours
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "zaiti.web.http.incoming.ToDisk",
]
UPLOAD_MAX_BYTES = number("ZAITI_UPLOAD_MAX_MB", "200") * 2**20
FILE_HASH = os.environ.get("ZAITI_FILE_HASH", "sha256")  # or sm3

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("ZAITI_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = os.environ.get("ZAITI_MAIL_HOST", "localhost")
EMAIL_PORT = number("ZAITI_MAIL_PORT", "25")
EMAIL_HOST_USER = os.environ.get("ZAITI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZAITI_MAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("ZAITI_MAIL_TLS")
EMAIL_TIMEOUT = 120  # seconds; one that breaks off too early has to mail twice what a slow server took [D]
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("ZAITI_MAIL_FROM", "zaiti@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "zaiti.core.text.LogLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZAITI_LOG", "WARNING")},
}
SITE_NAME = _("Recognition of Lifelong Vocational-Skills Training Carriers")
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
