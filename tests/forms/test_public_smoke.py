import pytest

from forms.models import Submission
from tests.factories import send


@pytest.mark.django_db
def test_send_and_receipt(site, client):
    response = send(client)
    html = response.content.decode()
    ticket = Submission.objects.get()
    assert response.redirect_chain[0][1] == 303
    assert ticket.reference in html
    assert ticket.status == "baru"
