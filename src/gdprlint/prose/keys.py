"""What is asked of a notice: its items and its facts, by the names that `gdprlint read` prints.

Items are what Articles 13 and 14 oblige to tell, and what else officers look for; facts are values
that are taken from the text.
"""

from __future__ import annotations

RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection", "withdraw-consent")

ITEMS = (
    "controller-identity", "controller-contact", "joint-controllers", "representative", "dpo-contact", "purposes",
    "lawful-basis", "lawful-basis-named", "legitimate-interests-described", "special-category-data",
    "article-9-condition", "schedule-1-condition", "public-task-law", "data-categories", "source", "recipients",
    "processors-named", "transfers", "transfer-safeguards", "retention", *(f"right-{right}" for right in RIGHTS),
    "complaint-regulator", "complaint-controller", "obligation-to-provide", "automated-decisions", "ai-use", "children",
    "further-purpose", "security", "anonymisation", "safeguarding-disclosure", "data-linkage", "archive-deposit",
    "recording", "quotes", "voluntary-participation", "sponsor", "incentive", "recontact", "notice-date", "law-cited",
    "cookies",
)  # fmt: skip

# What a text shows that makes an item due; no item of its own.
# What a cue hears `in-passing` counts where nothing else is heard. A `faint` cue is listened to only where not even
# that is: its words show that the item is spoken of, and no more.
SIGNS = (
    "public-body", "supplier-abroad", "data-from-elsewhere", "profiling-described", "special-data-used",
    "no-notice", "part-of-notice", "other-legal-order", "notice-words",
    "rights-route", "joint-parts", "data-abroad", "supplier-used",
    "observed-only", "nothing-from-reader", "in-passing", "faint",
)  # fmt: skip

FACTS = (
    "controllers", "processors", "recipients", "dpo-contacts", "lawful-bases", "article-9", "schedule-1",
    "legal-basis-in-law", "transfers", "transfer-countries", "transfer-mechanisms", "retention", "rights", "stale-law",
    "stale-body", "special-categories", "sources", "notice-date", "kind", "speaker",
)  # fmt: skip

OUTCOMES = ("stated", "partial", "denied")
