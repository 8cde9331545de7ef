"""Run the benchmarks named on the command line, or all of them, on a database of their own."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/siptenan_bench")
os.environ["SIPTENAN_DEMO_PASSWORD"] = "bench-only-password"
os.environ["SIPTENAN_SUBMIT_LIMIT"] = "900000/10m"  # the limiter works, and stops nobody

NAMES = ("post", "inbox", "parallel", "pages", "photos", "catalogue", "regulations", "extraction")


def main(names: list[str]) -> None:
    from bench.database import fresh

    fresh()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    from bench import catalogue, extraction, inbox, pages, parallel, photos, post, regulations, verdicts

    runs = {
        "post": post.run, "inbox": inbox.run, "parallel": parallel.run, "pages": pages.run, "photos": photos.run,
        "catalogue": catalogue.run, "regulations": regulations.run, "extraction": extraction.run,
    }  # fmt: skip
    for name in names or NAMES:
        print(f"\n--- {name}")
        runs[name]()
    verdicts.end()


if __name__ == "__main__":
    main(sys.argv[1:])
