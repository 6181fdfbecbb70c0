"""The name at the top of a page says whose city it is, also at the desk."""

from django.test import Client

from tests import make
from zaiti.accounts.models import Authority


def test_officials_read_their_citys_name():
    make.cycle()
    Authority.objects.filter(level="city").update(place="某市")
    for role, authority in (("officer", make.district()), ("officer", make.city())):
        client = Client()
        client.force_login(make.holder(role, authority))
        page = client.get("/desk/").text
        assert "某市" in page.split("</header>")[0], authority
