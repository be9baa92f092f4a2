"""Another judge of the same rules, written from the law's words and not from our own judge.

It builds the list as it goes to the association, and reads each rule from that list. Slow and
plain.
"""

from datetime import timedelta


def on_the_wall(moment):
    """Minutes since the beginning of time. Nobody here meets while the clock is turned."""
    return (moment.toordinal() * 24 + moment.hour) * 60 + moment.minute


def minutes(meeting):
    length = on_the_wall(meeting.ends_at) - on_the_wall(meeting.starts_at)
    return max(length - meeting.break_minutes, 0)


def clock_hours(meeting, rules):
    left, hours = minutes(meeting), 0
    while left >= rules.hour_minutes:
        left -= rules.hour_minutes
        hours += 1
    return hours


def hours_of(meeting, rules):
    typed = meeting.typed_hours
    return clock_hours(meeting, rules) if typed is None else typed


def was_ticked(meeting, rules):
    return (meeting.present if rules.named else meeting.audience) is not None


def how_many(meeting, rules):
    return len(meeting.present) if rules.named else meeting.audience


def long_enough(meeting, rules):
    if rules.named and hours_of(meeting, rules) == 0:
        return False
    return minutes(meeting) >= rules.shortest_meeting


def the_list(circle, rules):
    """The meetings as they are reported, the first one first."""
    rows = []
    for meeting in circle.meetings:
        if not was_ticked(meeting, rules) or not long_enough(meeting, rules):
            continue
        if how_many(meeting, rules) < rules.present_at_least:
            continue
        rows.append(meeting)
    rows.sort(key=lambda meeting: meeting.starts_at)
    return rows


def faults_of_person(person, circle, rules):
    rows = the_list(circle, rules)
    visits = [row for row in rows if person.key in row.present]
    found = short_of("came_seldom", len(visits), rules.person_meetings, person.key)
    beginning = rules.person_among_first
    if beginning is not None and len(rows) >= beginning:
        early = [rows[number] for number in range(beginning)]
        if not [row for row in early if person.key in row.present]:
            found.add(("came_late", 0, person.key))
    if rules.person_hours is not None:
        hours = sum(hours_of(row, rules) for row in visits)
        found |= short_of("person_few_hours", hours, rules.person_hours, person.key)
    if rules.youngest is not None and person.birth_year is not None and circle.meetings:
        first = min(meeting.starts_at for meeting in circle.meetings)
        age = first.year - person.birth_year
        found |= short_of("too_young", age, rules.youngest, person.key)
    return found


def approved(circle, rules):
    if not rules.named:
        return {person.key for person in circle.people}
    return {person.key for person in circle.people if not faults_of_person(person, circle, rules)}


def short_of(name, have, need, about=None):
    return {(name, need - have, about)} if have < need else set()


def beyond(name, have, most, about=None):
    return {(name, have - most, about)} if most is not None and have > most else set()


def of_the_whole(circle, rules):
    rows, found = the_list(circle, rules), set()
    found |= short_of("few_meetings", len(rows), rules.meetings_at_least)
    hopeful = [
        meeting
        for meeting in circle.meetings
        if meeting in rows or (not was_ticked(meeting, rules) and long_enough(meeting, rules))
    ]
    found |= short_of("plan_few_meetings", len(hopeful), rules.meetings_at_least)
    if rules.named:
        hours = sum(hours_of(row, rules) for row in rows)
        good = len(approved(circle, rules))
        found |= short_of("few_hours", hours, rules.hours_at_least)
        found |= short_of("few_people", good, rules.people_at_least)
        found |= beyond("many_people", good, rules.people_at_most)
        hoped = sum(hours_of(meeting, rules) for meeting in hopeful)
        found |= short_of("plan_few_hours", hoped, rules.hours_at_least)
        found |= short_of("few_enrolled", len(circle.people), rules.people_at_least)
        found |= beyond("many_enrolled", len(circle.people), rules.people_at_most)
        found |= beyond("over_own_most", len(circle.people), circle.most)
    return found


def of_the_calendar(circle, rules):
    found = set()
    days = sorted(meeting.starts_at.date() for meeting in circle.meetings)
    if days and rules.within_a_year and days[0].year != days[-1].year:
        found.add(("over_new_year", 0, days[-1].replace(month=1, day=1)))
    if not rules.named:
        return found
    for monday in {day - timedelta(days=day.isoweekday() - 1) for day in days}:
        week = [
            meeting
            for meeting in circle.meetings
            if monday <= meeting.starts_at.date() < monday + timedelta(days=7)
        ]
        hours = sum(hours_of(meeting, rules) for meeting in week)
        found |= beyond("many_hours_in_week", hours, rules.hours_a_week, monday)
        found |= beyond("many_meetings_in_week", len(week), rules.meetings_a_week, monday)
    for year in {day.year for day in days}:
        hours = sum(
            hours_of(meeting, rules)
            for meeting in circle.meetings
            if meeting.starts_at.year == year
        )
        first = days[0].replace(year=year, month=1, day=1)
        found |= beyond("many_hours_in_year", hours, rules.hours_a_year, first)
    return found


def of_each_meeting(circle, rules, now):
    found = set()
    for meeting in circle.meetings:
        if not was_ticked(meeting, rules):
            if not meeting.ends_at > now:
                found.add(("not_ticked", 0, meeting.key))
        else:
            there = how_many(meeting, rules)
            found |= short_of("few_present", there, rules.present_at_least, meeting.key)
        if not long_enough(meeting, rules):
            found.add(("short_meeting", 0, meeting.key))
        if rules.named:
            hours = hours_of(meeting, rules)
            found |= beyond("long_meeting", hours, rules.hours_a_meeting, meeting.key)
            most = clock_hours(meeting, rules)
            found |= beyond("more_than_the_clock", hours, most, meeting.key)
    return found


def of_the_papers(circle, rules):
    found = set()
    if not circle.approved_on:
        found.add(("not_approved", 0, None))
    elif circle.meetings:
        first = min(meeting.starts_at.date() for meeting in circle.meetings)
        late = (circle.approved_on - first).days
        if late > 0:
            found.add(("approved_late", late, None))
    if [person for person in circle.people if person.leads] == []:
        found.add(("no_leader", 0, None))
    if not circle.has_plan:
        found.add(("no_plan", 0, None))
    if not circle.has_reference:
        found.add(("no_reference", 0, None))
    for person in circle.people:
        if not person.leads and circle.needs_agreement and not person.has_agreed:
            found.add(("no_agreement", 0, person.key))
        if rules.named and not person.has_number:
            found.add(("no_number", 0, person.key))
    return found


def everything(circle, rules, now):
    found = of_the_whole(circle, rules) | of_the_calendar(circle, rules)
    found |= of_each_meeting(circle, rules, now) | of_the_papers(circle, rules)
    if rules.named:
        for person in circle.people:
            found |= faults_of_person(person, circle, rules)
    return found


def counts(circle, rules, now):
    """The association takes it: asked before, led by somebody, and enough of everything."""
    wrong = {name for name, _, _ in everything(circle, rules, now)}
    return not wrong & {
        "not_approved", "approved_late", "no_leader", "few_meetings", "few_hours", "few_people",
        "many_people",
    }  # fmt: skip
