from django.urls import reverse

from zaiti.web.desk import urls
from zaiti.web.ui.navigation import NAV


def test_every_page_of_the_desk_belongs_to_an_entry_of_its_menu():
    home, *entries = [reverse(item.url) for item in NAV["desk"]]
    pages = {home + str(page.pattern) for page in urls.urlpatterns}
    assert {page for page in pages if not page.startswith(tuple(entries))} == {home}
