import pytest, re
from tests.e2e.steps import *
pytestmark = pytest.mark.e2e
import time
from forms.models import Submission
import forms.views.public as pub
TOKEN="document.querySelector('[name=kunci_formulir]').value.slice(-20)"
ACT="document.querySelector('main form').setAttribute('action','?kirim')"
@pytest.mark.parametrize("cc",["", "private, no-cache"])
def test_look(visitor, officer, watch, cc, monkeypatch):
    old=pub._show
    def show(*a, **k):
        r=old(*a,**k)
        if cc: r["Cache-Control"]=cc
        return r
    if cc: monkeypatch.setattr(pub,"_show",show)
    v = visitor()
    got=[]
    v.page.on("response", lambda r: got.append((r.request.method, r.status, r.url[-30:], dict(r.headers)) if r.request.is_navigation_request() else None))
    n=Submission.objects.count()
    v.open(HAKI); print(v.page.evaluate(TOKEN));  v.fill_in(QUESTION); v.send(); r=v.receipt(); print(r)
    v.page.go_back(); print(v.page.url, v.page.evaluate(TOKEN), v.field("Nama Lengkap").input_value()); v.send(); print(v.receipt()==r, Submission.objects.count()-n)
    for g in got: 
        if g: print(g[:3], g[3].get("cache-control"), g[3].get("vary"), g[3].get("etag"))
    # back to errored
    v.open(HAKI); v.fill_in({"Nama Lengkap":"X Contoh"}); v.send(); 
    v.fill_in(QUESTION); v.send(); r=v.receipt(); print(r)
    try:
        v.page.go_back(timeout=4000)
        print(v.page.title(), v.page.evaluate(TOKEN), v.field("Alamat").input_value()); v.send(); print(v.receipt()==r, Submission.objects.count()-n)
    except Exception as e: print("ERR", e)
