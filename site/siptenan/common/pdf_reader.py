"""Open a PDF and say whether it can be read, or what its pages say. Run as a program of its own, never imported.

As pdf_rewriter.py, and for the same reasons: hostile bytes, a process with limits and no secret. It writes nothing.

Usage: pdf_reader.py SOURCE MAX_MEMORY MAX_SECONDS (check MAX_PAGES | text), memory in bytes.
`check` prints one word: `ok`, `encrypted`, `damaged`, `no_pages`, `too_many_pages`. `text` prints a line of JSON for
the number of pages and one for each page, as soon as it is read; a page that cannot be read is empty.
"""

import json
import resource
import sys

PAGE_LETTERS = 50_000  # of one page; more is no page of a regulation


def limit(max_memory: int, max_seconds: int) -> None:
    """Let the kernel end this process rather than let it take the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check(pdfium, raw, source: str, max_pages: int) -> str:
    """Return the word to print: every page is opened, none is drawn."""
    try:
        document = pdfium.PdfDocument(source)
        if len(document) > max_pages:
            return "too_many_pages"
        for index in range(len(document)):
            document[index].close()
    except pdfium.PdfiumError as error:
        return "encrypted" if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else "damaged"
    return "ok" if len(document) else "no_pages"


def say(**line) -> None:
    """Print a line at once."""
    print(json.dumps(line), flush=True)


def text(pdfium, source: str) -> None:
    """Print what the pages say."""
    document = pdfium.PdfDocument(source)
    say(pages=len(document))
    for index in range(len(document)):
        try:
            page = document[index]
            words = page.get_textpage().get_text_range()
            page.close()
        except pdfium.PdfiumError:
            words = ""
        say(page=index + 1, text=words[:PAGE_LETTERS])


if __name__ == "__main__":
    limit(int(sys.argv[2]), int(sys.argv[3]))
    import pypdfium2
    from pypdfium2 import raw as pypdfium2_raw

    if sys.argv[4] == "check":
        print(check(pypdfium2, pypdfium2_raw, sys.argv[1], int(sys.argv[5])))
    else:
        text(pypdfium2, sys.argv[1])
