"""`storytime plan`: when the nights of the week go dark, said or changed. It asks for no PIN; the window does."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.shelf import open_library_of_user
from storytime.cli.words import Told, as_json, examples, print_json

if TYPE_CHECKING:
    from datetime import date

    from storytime.core.evening.plan import Plan, Times

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _time(text: str) -> time:
    """Return a time of day; anything else is a wrong use of the command."""
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        what = f"“{text}” is no time of day. Write hours and minutes, such as 19:45."
        raise click.BadParameter(what) from None


def _days(text: str) -> list[int]:
    """Return days of the week, Monday as 0."""
    names = [name.strip().lower()[:3] for name in text.split(",")]
    if not set(names) <= set(DAYS):
        raise click.BadParameter(f"“{text}” names no days. Write them as: {','.join(DAYS)}")
    return sorted({DAYS.index(name) for name in names})


@click.command(
    "plan",
    short_help="Say when the nights go dark, or change it.",
    epilog=examples(
        "storytime plan",
        "storytime plan --lights-out 19:45",
        "storytime plan --lights-out 20:30 --days fri,sat",
        "storytime plan --off --days sat",
    ),
)
@as_json
@click.option("--lights-out", metavar="HH:MM", type=_time, help="When the house goes dark.")
@click.option("--wind-down", metavar="HH:MM", type=_time, help="When the candle is lit; 45 minutes before unless said.")
@click.option("--morning", metavar="HH:MM", type=_time, help="When the house opens again; 07:00 unless said.")
@click.option("--days", metavar="mon,tue,...", type=_days, help="Change these days alone.")
@click.option("--off", is_flag=True, help="Nights without lights-out.")
def command(
    as_json: bool,
    lights_out: time | None,
    wind_down: time | None,
    morning: time | None,
    days: list[int] | None,
    off: bool,
) -> None:
    """Say when the nights of the week go dark, or change it."""
    from storytime.core.evening.plan import plan_from_json
    from storytime.core.settings import SettingsStore

    timed = any((lights_out, wind_down, morning))
    if off and timed:
        raise click.UsageError("--off makes nights without lights-out; it goes with --days alone.")
    if days and not off and not timed:
        raise click.UsageError("--days says on which days to change something. Add --lights-out HH:MM, or --off.")
    now = datetime.now()
    with open_library_of_user() as library:
        settings = SettingsStore(library)
        plan = plan_from_json(settings.value.plan)
        late = False
        if off or timed:
            new = plan
            if not off and not lights_out and not any(plan.days[day] for day in days or range(7)):
                raise Told("There is no lights-out on those days. Add one with: --lights-out 20:00")
            for day in days or range(7):
                new = new.with_days([day], None if off else _changed(plan.days[day], lights_out, wind_down, morning))
            was, plan = plan, plan.replaced_by(new, now)
            settings.change(plan=plan.to_json())
            late = _on_short_notice(was, plan, now)
    if as_json:
        print_json(_described(plan, now))
        return
    _say(plan, now)
    if late:
        click.echo("That is short notice for tonight, so it holds from the next evening.", err=True)


def _changed(was: Times | None, lights_out: time | None, wind_down: time | None, morning: time | None) -> Times | None:
    """Return a day's times with what was said; a wind-down not said keeps its distance. Raises `PlanOutOfOrder`."""
    from storytime.core.evening.plan import Times

    if was is None:
        return Times.of(lights_out, wind_down, morning) if lights_out else None
    if lights_out and not wind_down:
        lead = _on_a_day(was.lights_out) - _on_a_day(was.wind_down)
        wind_down = (_on_a_day(lights_out) - lead % timedelta(days=1)).time()
    return Times(wind_down or was.wind_down, lights_out or was.lights_out, morning or was.morning)


def _on_a_day(moment: time) -> datetime:
    return datetime.combine(datetime(2000, 1, 2), moment)


def _on_short_notice(was: Plan, plan: Plan, now: datetime) -> bool:
    """Return whether tonight was changed, and keeps what held before."""
    tonight = _tonight(was, now)
    return plan.settled(tonight) != plan.night(tonight) != was.night(tonight)


def _tonight(plan: Plan, now: datetime) -> date:
    """Return the night that a parent means: in the morning, when last night's lights-out is over, the one that comes.

    A night is named by the date on which its wind-down falls, and runs from noon to noon.
    """
    from storytime.core.evening.plan import night_of

    night = night_of(now)
    last = plan.settled(night)
    return now.date() if night < now.date() and (last is None or now >= last.lights_out) else night


def _described(plan: Plan, now: datetime) -> dict[str, Any]:
    """Return the plan as `--json` prints it."""
    told = plan.to_json()
    tonight = plan.settled(_tonight(plan, now))
    doors = ("wind_down", "lights_out", "morning")
    return {
        "asked": plan.asked,
        "nights": told["days"],
        "special": told["special"],
        "tonight": {door: getattr(tonight, door).isoformat() for door in doors} if tonight else None,
    }


def _say(plan: Plan, now: datetime) -> None:
    if not plan.asked:
        click.echo("No lights-out is planned yet. Plan it with: storytime plan --lights-out 20:00")
        return
    rows = list(zip(DAYS, plan.days, strict=True)) + [(f"{night}", times) for night, times in plan.special.items()]
    for name, times in rows:
        click.echo(f"{name:<10}  {_in_words(times)}")
    tonight = plan.settled(_tonight(plan, now))
    click.echo(f"Tonight: lights-out at {tonight.lights_out:%H:%M}." if tonight else "Tonight: no lights-out.")


def _in_words(times: Times | None) -> str:
    if times is None:
        return "no lights-out"
    return f"wind-down {times.wind_down:%H:%M}, lights-out {times.lights_out:%H:%M}, morning {times.morning:%H:%M}"
