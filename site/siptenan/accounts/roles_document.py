"""docs/roles.md, written from the table of roles, so that the two cannot differ."""

from __future__ import annotations

from siptenan.accounts.roles import MEDIA_PERMISSIONS, ROLES, Role

HEAD = """# Roles

Written by `manage.py roles_document > docs/roles.md` from `siptenan/accounts/roles.py`; do not edit it here.
After each `migrate` every group holds exactly these rights: missing ones are added, others taken away.
A superuser may do everything. Which of Wagtail's screens open for whom at all is in `siptenan/accounts/gates.py`;
`tests/project/test_cms_access.py` tries every address of the CMS as every role.
"""


def document() -> str:
    """Return the whole file, Markdown."""
    descriptions = [f"- **{name}**: {role.description}" for name, role in ROLES.items()]
    return "\n".join([HEAD, *descriptions, "", *_table()]) + "\n"


def grants(role: Role) -> list[str]:
    """Everything a role may do, one line each, as the table names it."""
    return [
        *role.permissions,
        *(f"all pages: {action}" for action in role.page_actions),
        *(f"all media: {label}" for label in (MEDIA_PERMISSIONS if role.media else ())),
    ]


def _table() -> list[str]:
    granted = {name: set(grants(role)) for name, role in ROLES.items()}
    rows = dict.fromkeys(label for role in ROLES.values() for label in grants(role))
    lines = [_row("Right", *ROLES), _row("---", *(":-:" for _ in ROLES))]
    return lines + [_row(f"`{label}`", *("yes" if label in granted[name] else "" for name in ROLES)) for label in rows]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
