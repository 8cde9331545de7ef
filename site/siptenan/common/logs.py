"""What the log must never hold: the path of a status link is the key to somebody's ticket."""

from __future__ import annotations

import logging
import re

SECRET_LINK = re.compile(r"(/lacak/t/)[^/\s\"']+")


class HideSecretLinks(logging.Filter):
    """Strikes out the secret of a status link, wherever Django or the web server names the path it answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = SECRET_LINK.sub(r"\1***", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
