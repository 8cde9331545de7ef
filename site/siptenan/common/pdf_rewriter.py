"""Write a PDF anew: its pages as they look, and nothing else of the file. Run as a program of its own, never imported.

A PDF of 195 KB can make any reader take 556 MB (brief, dependencies.md), and pdfium is C++ that reads hostile bytes.
So it runs in a process with limits, with neither Django nor a secret in it, and dies alone.

Usage: pdf_rewriter.py SOURCE TARGET MAX_MEMORY MAX_SECONDS MAX_PAGES MAX_OUTPUT (memory and output in bytes).
Prints one word: `ok`, or why not: `encrypted`, `damaged`, `no_pages`, `too_many_pages`, `active`.
"""

import re
import resource
import sys

# What makes a file do something when it is opened or clicked. pdfium writes these names plainly, never in a
# compressed object stream, so their absence from what it wrote can be seen. Streams hold compressed noise, in which
# three letters turn up by chance.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|Filespec|OpenAction|AA|RichMedia)(?![A-Za-z0-9_])")
# What else a page may carry besides its drawing.
HIDDEN = re.compile(rb"/(?:Annots|URI|AF|Metadata|PieceInfo)(?![A-Za-z0-9_])")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


def limit(max_memory: int, max_seconds: int, max_output: int) -> None:
    """Let the kernel end this process rather than let it take the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_output, max_output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rewrite(source: str, target: str, max_pages: int) -> str:
    """Return the word to print.

    Each page is flattened (a filled form keeps what was typed), loses what can be clicked, and goes into a new
    document: scripts, attachments and metadata belong to the old one, and stay behind with the tail of the file. A
    page that still carries more than its drawing is copied as a drawing, text included, onto a blank page instead;
    not every document at once, because each page then gets fonts of its own, and ten times the bytes.
    """
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(source)
        count = len(document)
    except pdfium.PdfiumError as error:
        return "encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged"
    if not count:
        return "no_pages"
    if count > max_pages:
        return "too_many_pages"
    try:
        document.init_forms()
        for index in range(count):
            page = document[index]
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
            page.close()
            page = document[index]
            for annotation in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
                raw.FPDFPage_RemoveAnnot(page, annotation)
            page.close()
        for copy, unwanted in ((whole_pages, (ACTIVE, HIDDEN)), (drawings, (ACTIVE,))):
            clean = pdfium.PdfDocument.new()
            copy(document, clean)
            clean.save(target)
            clean.close()
            with open(target, "rb") as file:
                written = STREAM.sub(b"", file.read())
            if not any(names.search(written) for names in unwanted):
                return "ok"
    except pdfium.PdfiumError:
        return "damaged"
    return "active"


def whole_pages(document, clean) -> None:
    """Copy the pages; fonts and pictures that several share are copied once."""
    clean.import_pages(document)


def drawings(document, clean) -> None:
    """Copy what is drawn on each page, and nothing else of it."""
    for index in range(len(document)):
        width, height = document.get_page_size(index)
        drawing = document.page_as_xobject(index, clean)
        blank = clean.new_page(width, height)
        blank.insert_obj(drawing.as_pageobject())
        blank.gen_content()
        blank.close()


if __name__ == "__main__":
    limit(*(int(sys.argv[n]) for n in (3, 4, 6)))
    print(rewrite(sys.argv[1], sys.argv[2], int(sys.argv[5])))
