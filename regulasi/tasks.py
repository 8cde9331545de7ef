"""Work of Regulasi for the background worker."""

from __future__ import annotations

import logging

from django.apps import apps
from django_tasks import task

from regulasi import consistency, entries, feed_links

logger = logging.getLogger(__name__)


@task()
def show_renamed(model_name: str, pk: int) -> int:
    """Write the entries that show a row of a reference table anew; return how many regulations show it."""
    row = apps.get_model("regulasi", model_name)._default_manager.filter(pk=pk).first()
    return entries.vocabulary_changed(row) if row else 0


@task()
def read_text(document_pk: int) -> str:
    """Read the text of a PDF that a regulation uses; return how that ended."""
    from regulasi import extraction

    return extraction.read(document_pk)


@task()
def check_feed_links() -> int:
    """Look whether the addresses of the feed for JDIHN answer; return how many do not."""
    return log_dead_links()


def log_dead_links() -> int:
    """Chore of the night: look whether the addresses of the feed for JDIHN answer; return how many do not."""
    dead = feed_links.check()
    for link in dead:
        logger.warning("Dead link in the feed for JDIHN: %s (page %s)", link.url, link.regulation)
    return len(dead)


def mend_entries() -> int:
    """Chore of the night: mend the entries of regulations that are not as their pages are; return how many."""
    if wrong := entries.refresh_all():
        logger.warning("%s entries of regulations were not as their pages are, and were written anew", wrong)
    return wrong


def log_contradictions() -> int:
    """Chore of the night: write down what contradicts itself among what is published; return how much."""
    problems = consistency.contradictions()
    for problem in problems:
        logger.warning("Contradiction of regulations (%s, pages %s)", problem.code, problem.page_ids)
    return len(problems)
