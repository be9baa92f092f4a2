"""Everything that the clock does, and how often. Each pass finds what is due and not yet done, so a
pass that was missed is made up for by the next, and one that runs twice does nothing new."""

from dataclasses import dataclass
from importlib import import_module

from celery import Task


@dataclass(frozen=True)
class Work:
    """One kind of work: its name for `run_due`, where its task is, seconds between passes."""

    name: str
    task: str
    every: float

    def function(self) -> Task:
        module, _, name = self.task.rpartition(".")
        found: Task = getattr(import_module(module), name)
        return found


WORK = [
    # First what makes letters, then what sends them.
    Work("offers", "events.tasks.offer", 60),
    Work("reminders", "events.tasks.remind", 300),
    Work("circle papers", "events.tasks.ask_for_papers", 600),
    Work("letters to leaders", "events.tasks.write_to_leaders", 300),
    Work("volunteers", "volunteers.tasks.look_after_leads", 300),
    Work("shifts and pauses", "volunteers.tasks.look_after_volunteers", 300),
    Work("monday letters", "volunteers.tasks.write_on_monday", 600),
    Work("paid places", "events.tasks.settle_payments", 300),
    Work("answers that die", "events.tasks.destroy_answers", 600),
    Work("interest", "events.tasks.ask_the_interested", 3600),
    Work("renewals", "members.tasks.remind", 600),
    Work("crisis lines", "pages.tasks.ask_for_crisis_checks", 3600),
    Work("messages from stripe", "payments.tasks.apply_waiting", 120),
    Work("questions to stripe", "payments.tasks.ask_stripe", 3600),
    Work("pages at stripe", "payments.tasks.close_pages", 120),
    Work("sums of the month", "payments.tasks.tell_treasurers", 3600),
    Work("timed pages", "pages.tasks.publish_scheduled", 120),
    Work("crisis copy", "pages.tasks.write_crisis_copy", 3600),
    Work("weeding", "privacy.tasks.weed", 3600),
    Work("letters that make themselves", "newsletters.tasks.make_letters", 600),
    Work("letters that came back", "newsletters.tasks.read_what_came_back", 300),
    Work("files", "mail.tasks.make_files", 60),
    Work("newsletters that wait", "newsletters.tasks.tell_what_is_stuck", 600),
    Work("links in newsletters", "newsletters.tasks.try_links", 20),
    Work("letters", "mail.tasks.tick", 20),
    # Last: a letter that somebody waits for goes before one to many.
    Work("newsletters", "newsletters.tasks.send", 20),
]


def beat_schedule() -> dict[str, dict[str, object]]:
    """For Celery. Intervals, no wall-clock times: summer time cannot stop or double them."""
    return {
        work.name: {
            "task": work.task,
            "schedule": work.every,
            # A message that nobody took before the next pass is not needed any more.
            "options": {"expires": work.every},
        }
        for work in WORK
    }
