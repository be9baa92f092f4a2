"""A letter to oneself, exactly as it will be, but for the word in its subject and its links."""

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post
from newsletters.doors import TEST, choice_url
from newsletters.emails import issue as words
from newsletters.models import Issue

KIND = "newsletter_test"


def post_test(issue: Issue, *, to: str, name: str) -> None:
    post(KIND, to=to, about={"issue": issue.pk, "name": name})


@letter(KIND)
def content(row: Letter) -> Content | None:
    issue = Issue.objects.filter(pk=row.about["issue"]).first()
    if issue is None:
        return None
    url = choice_url(TEST) if issue.is_newsletter else ""
    return words.as_content(issue, hello=words.hello(row.about["name"]), url=url, is_test=True)
