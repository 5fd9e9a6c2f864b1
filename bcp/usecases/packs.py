"""The emergency pack: made from a plan, and whether the last one taken along is still good."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bcp.model.pack import PackMade, PackStamp
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.usecases.plans import Opened, default_store

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

PACK = "emergency-pack"
"""The name of the document."""


def emergency_pack(
    plan: Plan,
    *,
    language: str,
    made_on: date,
    revision: str = "",
    scenario: Scenario | None = None,
) -> bytes:
    """The pack as one HTML file. The same input gives the same bytes.

    Options are judged by plain failures, or in a scenario where one is given. Raises BcpError where the
    plan or the scenario cannot be run.
    """
    from bcp.render.context.material import Material  # noqa: PLC0415 - ReportLab is slow to import
    from bcp.render.pack.contents import Contents  # noqa: PLC0415 - as above
    from bcp.render.pack.document import render_pack  # noqa: PLC0415 - as above
    from bcp.render.pack.first_notices import first_notices  # noqa: PLC0415 - as above
    from bcp.usecases.computing import routes, run  # noqa: PLC0415 - the first page asks only for the last pack's age
    from bcp.usecases.weaknesses import assess  # noqa: PLC0415 - as above

    happened = run(plan, scenario) if scenario is not None else None
    material = Material(
        plan,
        happened,
        routes(plan, scenario, happened=happened),
        assess(plan, on=made_on, language=language),
        scenario,
        language,
    )
    stamp = PackStamp(content_hash=plan.content_hash, revision=revision, made_on=made_on)
    return render_pack(Contents(material, stamp, first_notices(plan, language)))


def taken_pack(
    opened: Opened, *, language: str, made_on: date | None = None, scenario: Scenario | None = None
) -> bytes:
    """The pack of an opened plan, made today where no day is given; a saved plan remembers that it was taken along."""
    now = datetime.now(UTC)
    day = made_on or now.astimezone(ZoneInfo(opened.plan.organisation.timezone)).date()
    content = emergency_pack(
        opened.plan, language=language, made_on=day, revision=opened.edition, scenario=scenario
    )
    if opened.revision is not None:
        made = PackMade(revision=opened.revision, content_hash=opened.plan.content_hash, made_at=now)
        remember_pack(default_store(), opened.name, made)
    return content


def remember_pack(store: PlanStore, name: str, made: PackMade) -> None:
    """Keep in the store that a pack of the plan of this name was taken along."""
    store.put_setting(setting_of(store, name), made.model_dump_json())


def last_pack(store: PlanStore, name: str) -> PackMade | None:
    """The last pack taken along of the plan of this name; None where there was none."""
    kept = store.get_setting(setting_of(store, name))
    try:
        return None if kept is None else PackMade.model_validate_json(kept)
    except ValidationError:  # written by another version: as good as no pack, so that a new one is asked for
        return None


def setting_of(store: PlanStore, name: str) -> str:
    """The setting of a plan, whatever it is called later. Raises NotFoundError where there is none of this name."""
    return f"pack.{store.identity(name)}"
