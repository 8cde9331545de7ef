"""Settings that are true everywhere. Only production-safe values; what has to differ has no default here."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from siptenan.common.databases import configured

from . import env
from .env import BASE_DIR

PROJECT_DIR = BASE_DIR / "site" / "siptenan"
VAR_DIR = Path(env.text("SIPTENAN_VAR_DIR", str(BASE_DIR / "var")))  # everything that is written while it runs

INSTALLED_APPS = [
    # The project's own apps come first: their templates and permission policies win over Wagtail's.
    "siptenan.common",
    "siptenan.accounts",
    "home",
    "forms",
    "gallery",
    "regulasi",
    "siptenan.accounts.apps.CmsUsersConfig",  # wagtail.users with the project's own user screens
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",  # its static file alone: the catalogue needs no middleware
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

# From the outside in: first what every answer carries, errors included, then what may refuse, then the rest.
MIDDLEWARE = [
    "siptenan.middleware.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "siptenan.middleware.Compress",
    "siptenan.middleware.RefuseBadBytes",
    "siptenan.common.generation.ask_once_a_request",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "siptenan.middleware.ForStaff",
    "siptenan.common.redirects.Redirects",
]

ROOT_URLCONF = "siptenan.urls"
WSGI_APPLICATION = "siptenan.wsgi.application"

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
                "wagtail.contrib.settings.context_processors.settings",
                "siptenan.common.context_processors.navigation",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------
DATABASES = {"default": configured(env.database(default=f"sqlite:///{VAR_DIR}/db.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
WAGTAILIMAGES_IMAGE_MODEL = "common.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "common.SiteDocument"

CACHES = {
    # What must hold, login throttling above all, is in the database: Redis may be down or empty.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # What may be lost at any time: renditions and fragments of pages.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
SERVE_MEDIA = False
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "siptenan.common.private_files.PrivateDisk",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "siptenan.common.static.OneFileStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes; a field of 1 MB must come back with its error, not as 400
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor sends thousands on a long form page

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True

# --- Staff accounts -------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The staff session is only ever sent to the CMS: a public page cannot depend on it, so it can be cached.
SESSION_COOKIE_PATH = "/cms/"
SESSION_COOKIE_NAME = "siptenan_cms"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_PATH = "/cms/"
CSRF_COOKIE_NAME = "siptenan_csrf"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's editor reads it
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "siptenan.common.errors.csrf_failure"
LOGIN_URL = "/cms/login/"

# --- Sign-in: django-allauth in front of the CMS (docs/adr/0005-login-with-allauth.md) --------------
INSTALLED_APPS += ["allauth", "allauth.account", "allauth.mfa"]
MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware", "siptenan.accounts.gates.CmsGates"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_REDIRECT_URL = "/cms/"
ACCOUNT_ADAPTER = "siptenan.accounts.adapters.StaffAccountAdapter"
ACCOUNT_FORMS = {
    "login": "siptenan.accounts.login_forms.StaffLoginForm",
    "reauthenticate": "siptenan.accounts.login_forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # allauth checks it; sign-up has no address
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # office machines are shared: closing the browser signs out
# Counted in the "default" cache, so by all processes together. "key" is the user name, "ip" the client's address.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/5m/ip,5/5m/key"}
MFA_ADAPTER = "siptenan.accounts.adapters.StaffMFAAdapter"
MFA_FORMS = {
    "authenticate": "siptenan.accounts.login_forms.SecondFactorForm",
    "reauthenticate": "siptenan.accounts.login_forms.ConfirmCodeForm",
    "activate_totp": "siptenan.accounts.login_forms.ActivateForm",
}
MFA_TOTP_ISSUER = "SIPTENAN"
MFA_TOTP_TOLERANCE = 1  # periods of 30 s before and after: clocks of phones drift, and typing takes time
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an admin; there is no verification of addresses
WAGTAIL_PASSWORD_RESET_ENABLED = False  # an admin gives a new password (manual 2.2)

# --- Headers --------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # ticket pages narrow it to no-referrer
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the CMS previews pages in a frame
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # siptenan.middleware.AnswerHeaders sets it, on errors too
PERMISSIONS_POLICY: dict[str, str | list[str] | tuple[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip
# Strict for the public and the login; siptenan.middleware relaxes script and style inside the CMS only.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
    }
}

# --- Mail -----------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 10  # seconds; without it a silent server hangs the worker for ever
EMAIL_SUBJECT_PREFIX = "[SIPTENAN] "

# --- Wagtail --------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "SIPTENAN"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it would call releases.wagtail.org
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # it would send hashes of staff addresses to a third party
WAGTAIL_AUTOSAVE_INTERVAL = 0  # autosave would freeze the key of a question at a half-typed label
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Jakarta"]
# The CMS's date picker turns what it cannot read into today, without a word; it must read 24/11/2026.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d-%m-%Y %H.%M"  # with slashes Django's Indonesian formats would not take it
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "indonesian"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "siptenan.common.image_forms.SafeImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000  # a 121 Mpx PNG of 14 KB took 704 MB (brief, dependencies.md)
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024  # bytes
WAGTAILIMAGES_FORMAT_CONVERSIONS = {
    "jpeg": "webp",
    "png": "webp",
}  # a JPEG rendition would keep the GPS position
WAGTAILDOCS_DOCUMENT_FORM_BASE = "siptenan.common.image_forms.SafeDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict] = []  # embeds load from third parties

# --- The project's own ----------------------------------------------------------------------------
SUBMIT_LIMIT = env.text("SIPTENAN_SUBMIT_LIMIT", "30/10m")  # sends per address and form; "0" is off
TRUSTED_PROXIES = env.words("SIPTENAN_TRUSTED_PROXIES", [])  # addresses whose X-Forwarded-For is believed

# --- Logs -----------------------------------------------------------------------------------------
# Paths only, never a query string, a form value or a name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secret_links": {"()": "siptenan.common.logs.HideSecretLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret_links"]}},
    "root": {"handlers": ["console"], "level": env.text("SIPTENAN_LOG_LEVEL", "INFO")},
    "loggers": {
        "wagtail": {"level": "WARNING"},  # its audit log is in the database
        "django_tasks": {"level": "WARNING"},  # two lines a task otherwise
        "django_tasks_db": {"level": "WARNING"},
        "gunicorn.http": {"level": "ERROR"},  # it warns of every HEAD, whose body Django leaves for it to drop
    },
}
