"""POST of the consultation form against a bare Django view that validates four fields and inserts one row."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from bench.server import WORKER_CLASSES, serving
from bench.verdicts import wanted

CLIENTS, SECONDS, ROUNDS = 8, 8, 5
FORM = "/kalindri/konsultasi-haki/"
WANTED = 0.4


def run() -> None:
    """Print requests a second of both, in interleaved rounds, and the ratio of their medians, by class of worker."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    for worker_class in WORKER_CLASSES:
        _compare(worker_class)


def _compare(worker_class: str) -> None:
    from forms.models import Submission

    before = Submission.objects.count()
    ours, bare = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("siptenan.wsgi:application", 8041, worker_class) as site,
        serving("bench.bare.wsgi:application", 8042, worker_class) as plain,
    ):
        for number in range(ROUNDS + 1):
            bodies = _bodies(Path(folder) / f"ours-{number}.txt", _our_bodies())
            a = _rate(site + FORM, bodies)
            b = _rate(plain + "/send/", _bodies(Path(folder) / "bare.txt", [_bare_body()] * 2))
            if number:  # the first round warms both up
                ours.append(a)
                bare.append(b)
    stored = Submission.objects.count() - before
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"{worker_class}: this form  {[round(rate) for rate in ours]} requests/s, {stored} tickets stored")
    print(f"{worker_class}: bare view  {[round(rate) for rate in bare]} requests/s")
    verdict = wanted(ratio >= WANTED, "TOO LITTLE")
    print(f"{worker_class}: ratio of medians {ratio:.2f} (wanted: at least {WANTED}){verdict}")


def _our_bodies(count: int = 20_000) -> list[str]:
    import time_machine

    from forms import references
    from forms.models import FormPage

    page = FormPage.objects.get(slug="konsultasi-haki")
    answers = {
        "nama_usahaperusahaan": "Batik Contoh", "nama_lengkap": "Ibu Contoh", "alamat": "Jl. Contoh No. 1",
        "pertanyaan": "Apakah nama usaha saya dapat didaftarkan sebagai merek?",
    }  # fmt: skip
    with time_machine.travel(time.time() - 60):  # older than the trap for bots
        return [urlencode({**answers, "kunci_formulir": references.issue_token(page.pk)}) for _ in range(count)]


def _bare_body() -> str:
    return urlencode(
        {"business": "Batik Contoh", "name": "Ibu Contoh", "address": "Jl. Contoh No. 1",
         "text": "Apakah nama usaha saya dapat didaftarkan sebagai merek?"}
    )  # fmt: skip


def _bodies(path: Path, bodies: list[str]) -> Path:
    path.write_text("\n".join(bodies) + "\n")
    return path


def _rate(url: str, bodies: Path) -> float:
    script = Path(__file__).with_name("post.lua")
    command = [
        "wrk",
        "-t2",
        f"-c{CLIENTS}",
        f"-d{SECONDS}s",
        "--timeout",
        "20s",
        "-s",
        str(script),
        url,
        "--",
        str(bodies),
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "status" in output or "Socket errors" in output or "Non-2xx" in output:
        raise SystemExit(output[:2000])
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None:
        raise SystemExit(output)
    return float(found[1])
