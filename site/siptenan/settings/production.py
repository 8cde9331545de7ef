"""Production: everything from the environment; a missing variable stops the start and is named."""

from pathlib import Path

from . import env
from .base import *  # noqa: F403 - settings are layered by star import
from .base import CACHES, STORAGES, configured

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
# PINs and status links are made from it; unlike SECRET_KEY it must not change while tickets are open.
TICKET_KEY = env.text("SIPTENAN_TICKET_KEY")
# NIK and drafts are encrypted with the first; values of the others can be read until `rotate_field_keys` has run.
FIELD_KEYS = env.words("SIPTENAN_FIELD_KEYS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
BASE_URL = env.text("SIPTENAN_BASE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DATABASES = {"default": configured(env.database())}
CACHES["renditions"] = {
    "BACKEND": "django_redis.cache.RedisCache",
    "LOCATION": env.text("REDIS_URL"),
    "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},  # seconds
}

vars().update(env.mail())
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MEDIA_STORAGE = env.text("MEDIA_STORAGE")  # an absolute path, or "s3"
if MEDIA_STORAGE == "s3":
    _s3 = {
        "access_key": env.text("S3_ACCESS_KEY_ID"),
        "secret_key": env.text("S3_SECRET_ACCESS_KEY"),
        "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
        "region_name": env.text("S3_REGION", "") or None,
        "file_overwrite": False,
    }
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "bucket_name": env.text("S3_BUCKET"), "querystring_auth": False},
    }
    STORAGES["private"] = {
        "BACKEND": "siptenan.common.private_bucket.PrivateBucket",
        "OPTIONS": {**_s3, "bucket_name": env.text("S3_PRIVATE_BUCKET")},
    }
else:
    MEDIA_ROOT = Path(MEDIA_STORAGE) / "public"
    PRIVATE_MEDIA_ROOT = Path(MEDIA_STORAGE) / "private"
    STORAGES["private"] = {
        "BACKEND": "siptenan.common.private_files.PrivateDisk",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT},
    }

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # the load balancer asks without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.words("SIPTENAN_TRUSTED_PROXIES", []) else None
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)  # seconds: one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
