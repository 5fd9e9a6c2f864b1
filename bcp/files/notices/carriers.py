"""Carriers' e-mails in their own formats, through circuit-maintenance-parser (the optional extra `notices`)."""

from __future__ import annotations

import importlib
import logging
import os
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import getaddresses
from functools import lru_cache
from typing import Any

from bcp.errors import BcpError
from bcp.files.notices.entry import notice_of, read_each
from bcp.files.notices.plain import one_line
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, NoticeImpact, NoticeObject, NoticeStatus, Window
from bcp.saying import said

LIBRARY = "circuit_maintenance_parser"
MOST_BYTES = 2_000_000
"""Larger e-mails are refused: the carriers' formats are read with patterns that take long on long texts."""

_ASKS_OUTSIDE = "PARSER_OPENAI_API_KEY"


def read_carrier_mail(content: bytes, file_name: str, provider: str | None = None) -> tuple[Notice, ...]:
    """The notices of a carrier's e-mail; `provider` names the carrier where its sender does not tell.

    Raises BcpError where the extra is not installed or the carrier is not known, InvalidInputError where
    the e-mail is not one that is known of that carrier.
    """
    if len(content) > MOST_BYTES:
        message = said("the e-mail is larger than {n} MB.", n=MOST_BYTES // 10**6)
        raise refused(file_name, 0, message, said("Save it without its attachments."))
    library = _library(file_name)
    carriers = _carriers(library, content, file_name, provider)
    for carrier in carriers:
        found = _maintenances(library, carrier, content)
        if found:
            return read_each(found, lambda m: _notice(m, file_name), file_name)
    names = ", ".join(c.get_provider_type() for c in carriers)
    message = said("the e-mail is none that is known of {names}.", names=names)
    raise refused(file_name, 1, message, said("Ask the carrier for a BCOP maintenance calendar (.ics)."))


def _library(file_name: str) -> Any:
    """The library, which from here on asks nothing outside. Raises BcpError where it is not installed."""
    if os.environ.get(_ASKS_OUTSIDE):
        message = said(
            "{asks_outside} is set, so that notices would be sent to a service outside.",
            asks_outside=_ASKS_OUTSIDE,
        )
        raise BcpError(message, said("Unset it: notices are read without the network."), file_name)
    try:
        return _offline()
    except ImportError as error:
        message = said("carriers' e-mails are read by circuit-maintenance-parser, which is not installed.")
        fix = said(
            "Install the extra: pip install 'bcp[notices]'. Maintenance calendars (.ics) are read without."
        )
        raise BcpError(message, fix, file_name) from error


@lru_cache(maxsize=1)
def _offline() -> Any:
    library = importlib.import_module(LIBRARY)
    places = importlib.import_module(f"{LIBRARY}.utils")
    places.Geolocator.get_location_from_api = staticmethod(_refuse_to_ask)
    said = logging.getLogger(LIBRARY)
    said.addHandler(logging.NullHandler())
    said.propagate = False
    return library


def _refuse_to_ask(city: str) -> tuple[float, float]:
    """In place of asking a map service where a city lies."""
    raise ValueError(said("the time zone of {city} is not known here, and no service is asked.", city=city))


def _carriers(library: Any, content: bytes, file_name: str, provider: str | None) -> list[Any]:
    """The formats to try, in order. Raises BcpError where the carrier is not known."""
    formats = {one.get_provider_type(): one for one in library.SUPPORTED_PROVIDERS[1:]}
    fix = said("Give it as provider: {names}.", names=", ".join(sorted(formats)))
    if provider is not None:
        name = re.sub(r"[\s_-]", "", provider).lower()
        if name not in formats:
            raise BcpError(
                said("the e-mails of {provider!r} are not known.", provider=provider), fix, file_name
            )
        return [formats[name]]
    domains = _domains(content)
    by_address = [one for one in formats.values() if _under(domains, _domain(one.get_default_organizer()))]
    by_name = [one for name, one in formats.items() if any(name in d.split(".") for d in domains)]
    found = list(dict.fromkeys([*by_address, *by_name]))
    if not found:
        sender = (
            said("nobody known sends from {names}", names=one_line(", ".join(domains))[:170])
            if domains
            else said("it has no sender")
        )
        raise BcpError(
            said("which carrier wrote the e-mail is not known: {sender}.", sender=sender),
            fix,
            file_name,
        )
    return found


def _domains(content: bytes) -> list[str]:
    message = message_from_bytes(content)
    headers = [str(v) for name in ("From", "Reply-To", "Sender") for v in message.get_all(name, [])]
    addresses = [address for _, address in getaddresses(headers)]
    return list(dict.fromkeys(d for a in addresses if (d := _domain(a))))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def _under(domains: list[str], organizer: str) -> bool:
    return bool(organizer) and any(d == organizer or d.endswith("." + organizer) for d in domains)


def _maintenances(library: Any, carrier: Any, content: bytes) -> list[Any]:
    """What the library finds; nothing where it does not know the e-mail, whatever it says then."""
    try:
        data = library.NotificationData.init_from_email_bytes(content)
        return list(carrier().get_maintenances(data)) if data is not None else []
    except Exception:  # noqa: BLE001 - the library runs strangers' texts through patterns and may raise anything
        return []


def _notice(found: Any, file_name: str) -> Notice:
    """One maintenance of the library as a notice. Raises InvalidInputError."""
    start, end = _moment(found.start, file_name), _moment(found.end, file_name)
    objects = {o.circuit_id: NoticeImpact(o.impact.value.lower()) for o in found.circuits}
    fields = {
        "format": "mail",
        "provider": found.provider,
        "id": found.maintenance_id,
        "account": found.account,
        "status": NoticeStatus(found.status.value.lower()),
        "sequence": found.sequence,
        "stamp": _moment(found.stamp, file_name),
        "windows": (Window(start=start, end=end),) if end > start else (),
        "objects": tuple(
            NoticeObject(id=name, impact=impact)
            for i, impact in objects.items()
            if (name := one_line(i)[:300])
        ),
        "organizer": found.organizer,
        "uid": found.uid,
        "summary": found.summary,
    }
    return notice_of(fields, file_name, 0)


def _moment(seconds: int, file_name: str) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise refused(
            file_name, 0, said("a time in the e-mail is none of ours."), said("Ask the carrier.")
        ) from error
