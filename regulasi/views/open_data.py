"""The feed for the portal of JDIHN; a route of RegulationIndexPage."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_sequence
from django.views.decorators.http import condition

from regulasi import jdihn, readings
from regulasi.library.index import today
from regulasi.views.library import etag

JSON = "application/json; charset=utf-8"
ROWS_PER_CHUNK = 100  # sent together


def jdihn_feed(request: HttpRequest) -> HttpResponseBase:
    """Every published regulation in one array, sent as it is read. Who asks again before a change gets 304."""
    readings.count_pull(request)
    response = _feed(request)
    patch_vary_headers(response, ["Accept-Encoding"])  # of the 304, too
    return response


@condition(etag_func=etag)
def _feed(request: HttpRequest) -> HttpResponseBase:
    parts: Iterator[bytes] = _parts(today())
    is_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = StreamingHttpResponse(compress_sequence(parts) if is_gzip else parts, content_type=JSON)
    if is_gzip:
        response["Content-Encoding"] = "gzip"
    response["X-Robots-Tag"] = "noindex"
    return response


def jdihn_schema(request: HttpRequest) -> HttpResponse:
    """What holds of each of its rows."""
    return HttpResponse(json.dumps(jdihn.schema(), ensure_ascii=False, indent=2), content_type=JSON)


def _parts(day: dt.date) -> Iterator[bytes]:
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    before = "[\n"
    found = jdihn.rows(day)
    while some := list(itertools.islice(found, ROWS_PER_CHUNK)):
        yield (before + ",\n".join(map(encode, some))).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"
