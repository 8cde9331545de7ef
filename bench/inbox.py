"""The inbox list with 200,000 tickets against 2,000: time, queries, and what its searches are planned on."""

from __future__ import annotations

import statistics
import time

from bench.verdicts import wanted

SMALL, LARGE = 2_000, 200_000
ROUNDS = 15
WANTED = 1.5
BATCH = 5_000


def run() -> None:
    """Print the median time of the list at both sizes, its queries, and the plans of two searches."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from siptenan.accounts.models import User

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="admin"))

    def measure(path: str) -> tuple[float, int]:
        client.get(path)
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(path)
            times.append(time.perf_counter() - start)
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return statistics.median(times), len(queries)

    paths = {"list": "/cms/kotak-masuk/", "all": "/cms/kotak-masuk/semua/"}
    results = {}
    for size in (SMALL, LARGE):
        fill(size)
        results[size] = {name: measure(path) for name, path in paths.items()}
    for name in paths:
        (small, small_queries), (large, large_queries) = results[SMALL][name], results[LARGE][name]
        verdict = wanted(large / small <= WANTED and small_queries == large_queries)
        print(
            f"{name}: {SMALL} tickets {small * 1000:.0f} ms, {small_queries} queries; "
            f"{LARGE} tickets {large * 1000:.0f} ms, {large_queries} queries; "
            f"ratio {large / small:.2f} (wanted: at most {WANTED}, same queries){verdict}"
        )
    _show_plans(connection)


def fill(size: int) -> None:
    """Add invented tickets until there are so many; four of five are closed, as in an office that answers."""
    import datetime as dt
    import secrets

    from django.db import connection
    from django.utils import timezone

    from forms import references
    from forms.enums import Status
    from forms.models import FormPage, FormSnapshot, Submission

    page = FormPage.objects.get(slug="konsultasi-haki")
    snapshot = FormSnapshot.id_of(page.title, page.questions())
    now = timezone.now()
    missing = size - Submission.objects.count()
    while missing > 0:
        batch = []
        for number in range(min(BATCH, missing)):
            reference = references.new_reference("HAKI")
            business, name = f"Batik Contoh {secrets.token_hex(4)}", f"Ibu Contoh {secrets.token_hex(4)}"
            sent = now - dt.timedelta(minutes=secrets.randbelow(500_000))
            batch.append(
                Submission(
                    form=page, snapshot_id=snapshot, reference=reference, token_digest=secrets.token_hex(32),
                    answers_digest="", pin_hash=secrets.token_hex(32), link_digest=secrets.token_hex(32),
                    status=Status.NEW if number % 5 == 0 else Status.DONE, channel="web",
                    answers={"nama_usahaperusahaan": business, "nama_lengkap": name, "alamat": "Jl. Contoh",
                             "pertanyaan": "Apakah merek saya dapat didaftarkan?"},
                    business=business, contact_name=name, phone="+628120000000",
                    search_text=f"{reference}\n{reference.replace('-', '')}\n{business}\n{name}\njl. contoh\n"
                    "apakah merek saya dapat didaftarkan?".lower(),
                    submitted_at=sent, target_value=2, target_unit="days", due_at=sent + dt.timedelta(days=2),
                )
            )  # fmt: skip
        Submission.objects.bulk_create(batch)
        missing -= len(batch)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE forms_submission")


def _show_plans(connection) -> None:
    from forms.models import Submission

    ticket = Submission.objects.order_by("?").first()
    for label, words in (("number", ticket.reference), ("name", ticket.contact_name.split()[-1])):
        queryset = Submission.objects.not_spam().matching(words).order_by("due_at", "pk")[:25]
        start = time.perf_counter()
        found = len(queryset.all())
        elapsed = time.perf_counter() - start
        plan = queryset.explain()
        index = "on the index ticket_search" + wanted("ticket_search" in plan, "which it does NOT USE")
        print(f"search by {label}: {found} found in {elapsed * 1000:.1f} ms, {index}")
