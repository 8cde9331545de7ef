import pytest, re
from tests.e2e.steps import *
from tests.e2e import test_accessibility as acc
from tests.e2e.test_accessibility import *
del test_a_page_is_for_everybody, test_the_keyboard_alone_leads_from_the_front_page_to_the_receipt, test_the_ticket_page_asks_nothing_of_a_mouse
pytestmark = pytest.mark.e2e
def test_mutants(visitor):
    v=visitor(); v.open("/")
    p=v.page
    p.evaluate("""()=>{const b=document.createElement('button');b.textContent='please send';document.querySelector('main').append(b);b.style.width='500px';
    const q=document.createElement('p');q.textContent='teks';q.style.color='#ccc';document.querySelector('main').append(q)}""")
    print("\nENG", acc.english_words(p)); print("SMALL", p.evaluate(acc.SMALL_TARGETS,44)); print("OUT", acc.sticking_out(p))
    r=Axe().run(p, options=acc.AXE_OPTIONS); print("AXE",[(x["id"]) for x in r.response["violations"]], len(r.response["passes"]), [x["id"] for x in r.response["passes"]], [ (x["id"], [n["html"][:80] for n in x["nodes"]]) for x in r.response["incomplete"]])
    p.set_viewport_size({"width":320,"height":640}); print("OUT320", acc.sticking_out(p))
    p.evaluate("document.documentElement.style.fontSize='225%'"); print(p.evaluate("getComputedStyle(document.body).fontSize"))
@pytest.mark.parametrize("state", STATES)
def test_shots(visitor, sent, ticket_of, closed_form, state):
    v=visitor(PHONE)
    STATES[state](v, sent=sent, ticket_of=ticket_of, closed_form=closed_form)
    p=v.page
    n=re.sub(r"\W+","-",state)
    for size,s in ((PHONE,"p"),(DESKTOP,"d")):
        p.set_viewport_size(size)
        for c in ("light","dark"):
            p.emulate_media(color_scheme=c)
            p.screenshot(path=f"/tmp/h11/s-{n}-{s}-{c}.png", full_page=True)
    r=Axe().run(p, options=acc.AXE_OPTIONS); inc=[ (x["id"], [n["html"][:90] for n in x["nodes"]][:4]) for x in r.response["incomplete"]]
    print(state, inc)
    p.set_viewport_size(PHONE); p.emulate_media(color_scheme="light")
    p.evaluate("document.documentElement.style.fontSize = '225%'"); p.screenshot(path=f"/tmp/h11/s-{n}-big.png", full_page=True)
