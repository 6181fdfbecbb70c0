from django.core import mail

from tests import make
from tests.web.portal.helpers import browser
from zaiti.accounts.actions import invite_member
from zaiti.accounts.models import Organisation, User


def registration(**fields):
    given = {"uscc": make.credit_code().lower(), "name": "示例公司", "kind": "enterprise"}
    return given | {"district": make.district().pk} | fields


def test_a_person_registers_a_unit_and_comes_to_the_page_of_its_letter():
    person = make.user()
    answer = browser(person).post("/my/register/", registration())
    assert (answer.status_code, answer.url) == (302, "/my/authorisation/")
    person.refresh_from_db()
    assert person.organisation.name == "示例公司"


def test_a_wrong_code_is_explained_at_its_field_and_nothing_typed_is_lost():
    answer = browser(make.user()).post("/my/register/", registration(uscc="9144030OMA5F000000"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“O”" in text
    assert "示例公司" in text
    assert not Organisation.objects.exists()


def test_who_enters_a_code_that_is_registered_comes_to_the_claim_with_what_they_typed():
    unit, client = make.organisation(), browser(make.user())
    answer = client.post("/my/register/", registration(uscc=unit.uscc), follow=True)
    assert answer.redirect_chain[0][0].startswith("/my/claim/?")
    text = answer.content.decode()
    assert f'value="{unit.uscc}"' in text
    assert "示例公司" in text


def test_the_owner_edits_and_a_member_only_reads():
    owner = make.applicant()
    data = {"name": "示例新名", "kind": "vocational_college", "registered_address": "示例路"}
    assert browser(owner).post("/my/organisation/", data).status_code == 302
    owner.organisation.refresh_from_db()
    assert owner.organisation.name == "示例新名"
    member = browser(make.user(organisation=owner.organisation, org_role="member"))
    assert member.get("/my/organisation/").status_code == 200
    assert member.post("/my/organisation/", data).status_code == 403


def test_inviting_and_taking_back():
    owner = make.applicant()
    client = browser(owner)
    client.post("/my/members/invite/", {"name": "示例同事", "email": "c@example.com"})
    invitation = owner.organisation.invitations.get()
    assert "c@example.com" in client.get("/my/members/").content.decode()
    client.post(f"/my/invitations/{invitation.pk}/revoke/")
    assert (
        "c@example.com"
        not in client.get("/my/members/").content.decode().split("z-messages")[-1].split("</form>")[0]
    )
    assert client.post("/my/members/invite/", {"name": "示例", "email": "no"}).status_code == 422


def test_members_of_another_unit_are_out_of_reach():
    stranger, client = make.applicant(), browser(make.applicant())
    for way in ("remove", "hand-over"):
        assert client.post(f"/my/members/{stranger.pk}/{way}/").status_code == 404


def test_the_owner_removes_and_hands_over():
    owner = make.applicant()
    first, second = (make.user(organisation=owner.organisation, org_role="member") for _ in range(2))
    client = browser(owner)
    client.post(f"/my/members/{first.pk}/remove/")
    client.post(f"/my/members/{second.pk}/hand-over/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.organisation, second.org_role) == (None, User.OrgRole.OWNER)


def test_an_invited_colleague_signs_up_through_the_link_and_joins():
    owner = make.applicant()
    invitation = invite_member(owner.organisation, by=owner, name="示例同事", email="c@example.com")
    link, client = f"/my/join/{invitation.token}/", browser()
    assert f"/accounts/signup/?next={link}" in client.get(link).content.decode()
    answer = client.post(
        f"/accounts/signup/?next={link}",
        {
            "name": "示例同事",
            "username": "colleague",
            "email": "",
            "password1": "a-Long-one-77",
            "password2": "a-Long-one-77",
            "next": link,
        },
    )
    assert (answer.status_code, answer.url) == (302, link)
    client.post(f"{link}accept/")
    colleague = User.objects.get(username="colleague")
    assert (colleague.name, colleague.organisation) == ("示例同事", owner.organisation)
    assert not mail.outbox


def test_an_unknown_link_is_not_there():
    assert browser().get("/my/join/nothing/").status_code == 404
