"""Firms that work for others, told by their names alone: `Penwith Cloud Ltd`, `Quill Transcripts`.

Whether a firm works for the writer is for cues; a name tells its legal form and often its trade. It knows words only.
"""

from __future__ import annotations

from collections.abc import Sequence

from gdprlint.prose.recognise.value import words_in

_FORMS_OF_FIRMS = words_in("limited ltd inc llc gmbh ag bv corp corporation oy oü aps ab as sas sarl pty")
# What firms that work for others call themselves by, at the end of their names.
_TRADES = words_in(
    """hosting hosts cloud mailing mailings mailers mail print printers printing payments pay transcripts transcription
    transcribers typing typists surveys fieldwork polling insights analytics software systems technologies technology
    tech digital imaging scanning meters metering couriers courier logistics haulage deliveries parcels dunning
    collections recoveries storage archiving shredding cleaning catering telecom telecoms telephony phones
    communications solutions payroll bookkeeping translation translations interpreters linguists diagnostics pathology
    randomisation verification checks screening ticketing tickets bookings reservations servers backup backups helpdesk
    webdesign fulfilment telemarketing messaging robotics networks"""
)
_NO_FIRM = words_in(
    """council university college trust department ministry agency authority commission nhs police court courts tribunal
    institute society foundation charity hospital hospitals school academy federation union association museum bank
    insurance insurers assurance building ombudsman government parliament church parish board surgery solicitors"""
)


def is_firm(words: Sequence[str]) -> bool:
    """Whether the words of a name have the form of a firm, or a trade at their end."""
    said = set(words)
    if said & _NO_FIRM:
        return False
    return bool(said & _FORMS_OF_FIRMS) or (len(words) > 1 and words[-1] in _TRADES)
