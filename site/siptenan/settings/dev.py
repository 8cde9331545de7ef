"""What `make run` serves: the real thing on SQLite with demo content, on this machine only."""

from . import env

env.read_dotenv()

from .base import *  # noqa: E402, F403 - settings are layered by star import, after .env was read
from .base import VAR_DIR  # noqa: E402 - as above

DEBUG = env.flag("SIPTENAN_DEBUG", False)
SECRET_KEY = "only-for-the-demo-on-this-machine-0123456789-abcdefghijklmnop"  # noqa: S105 - public on purpose; production has none
TICKET_KEY = "only-for-the-demo-on-this-machine-pins-and-links"
FIELD_KEYS = ["only-for-the-demo-on-this-machine-encrypted-fields"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("SIPTENAN_EXTRA_HOSTS", [])]
PORT = env.number("PORT", 8000)
BASE_URL = env.text("SIPTENAN_BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL

vars().update(env.mail(default=f"filemail:///{VAR_DIR}/mail"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "SIPTENAN <siptenan@example.id>"

SERVE_MEDIA = True
DEMO_PASSWORD = env.text("SIPTENAN_DEMO_PASSWORD", "")
