"""1,000 parallel sends with every token sent twice: exactly 1,000 tickets, no clash, no error."""

from __future__ import annotations

import collections
import http.client
import threading
import time
from urllib.parse import urlsplit

from bench.post import FORM, _our_bodies
from bench.server import serving
from bench.verdicts import wanted

TOKENS, THREADS = 1_000, 50


def run() -> None:
    """Print how many tickets 2,000 sends of 1,000 tokens made, and the statuses of the answers."""
    from forms.models import Submission

    before = Submission.objects.count()
    bodies = _our_bodies(TOKENS)
    work = collections.deque(body for body in bodies for _ in range(2))  # the two sends of a token race each other
    answers: collections.Counter[int] = collections.Counter()
    lock = threading.Lock()

    def visitor(host: str) -> None:
        while True:
            try:
                body = work.popleft()
            except IndexError:
                return
            connection = http.client.HTTPConnection(host, timeout=60)
            connection.request("POST", FORM, body, {"Content-Type": "application/x-www-form-urlencoded"})
            status = connection.getresponse().status
            connection.close()
            with lock:
                answers[status] += 1

    with serving("siptenan.wsgi:application", 8043) as site:
        host = urlsplit(site).netloc
        threads = [threading.Thread(target=visitor, args=(host,)) for _ in range(THREADS)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed = time.perf_counter() - start
    stored = Submission.objects.count() - before
    numbers = Submission.objects.values("reference").distinct().count() == Submission.objects.count()
    print(f"{2 * TOKENS} sends of {TOKENS} tokens by {THREADS} threads in {elapsed:.1f} s: answers {dict(answers)}")
    verdict = wanted(stored == TOKENS and numbers and not any(status >= 500 for status in answers), "WRONG")
    print(f"{stored} tickets (wanted: exactly {TOKENS}), numbers unique: {numbers}{verdict}")
