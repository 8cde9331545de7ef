"""What the log must never hold: paths that are keys: of a status link, of an owner's link."""

from __future__ import annotations

import logging
import re

SECRET_LINK = re.compile(r"(/lacak/t/|/gallery-ikm/perbarui/)[^/\s\"']+")


class HideSecretLinks(logging.Filter):
    """Strikes out the secret of a link, wherever Django or the web server names the path it answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = SECRET_LINK.sub(r"\1***", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
