"""How terms of the vocabulary are said in a sentence, where their own words would not do.

Data: a term that is not here is said by its key, with spaces for hyphens. Lists that stand in a place
where only one form of a word fits (`when …`, `then …`, `by …`) are whole, and a test compares them
with the vocabulary. Long because it is tables.
"""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    rows = (line.partition("=") for line in text.strip().splitlines())
    return {key.strip(): phrase.strip() for key, _, phrase in rows}


# `when` and `unless`: what happens.
OCCASIONS = _table("""
requested = you ask for it
permission = you agree
application = an application is made
approved = it is approved
notified = you have been told
consent = you consent
consent-given = you have given your consent
consent-withdrawn = you withdraw your consent
objection-made = you object
registered = you sign up
logged-in = you are logged in
account-closed = your account is closed
contract-ends = the contract ends
contract-signed = the contract is signed
needed = it is needed
required-by-law = the law requires it
authorised-by-law = the law authorises it
emergency = there is an emergency
law-permits-it = the law allows it
legal-obligation = the law obliges us to
circumstances-allow = the circumstances allow it
contacted = you contact us
complaint-made = you make a complaint
risk-of-harm = somebody may come to harm
safeguarding-concern-raised = a safeguarding concern is raised
crime-suspected = a crime is suspected
breach-happens = a data breach happens
selected = you are selected
eligible = you are eligible
invited = you are invited
recorded-session = the session is recorded
attending = you attend
completed = it is completed
published-in-full = it is published in full
published = it is published
publication = it is published
quoted = you are quoted
exceptional = the circumstances are exceptional
temporary-absence = somebody is away for a time
purpose-fulfilled = the purpose is fulfilled
employment-ends = the employment ends
age-reached = the age is reached
capacity-lost = somebody loses capacity
death = somebody dies
business-need = there is a business need
exemption-applies = an exemption applies
identity-unclear = your identity is in doubt
excessive-request = the request is excessive
complex-request = the request is complex
technically-feasible = it is technically feasible
interview = an interview is held
telephone-interview = an interview by telephone is held
face-to-face-interview = an interview is held in person
online-interview = an interview is held online
identity-confirmed = your identity has been confirmed
court-order = a court orders it
access-application = an application for access is made
substantial-harm-likely = substantial harm is likely
routinely = this is done as a routine
transfer-risks-told = you have been told of the risks of the transfer
explicit = you have said so expressly
explicit-consent = you have given your explicit consent
informed = you have been informed
voluntary = you choose to
written = it is in writing
verbal = it is said aloud
optional = you choose to
mandatory = it is mandatory
parental = a parent agrees
""")

# `then`: what we do, with `it` for what the clause is about.
ACTIONS = _table("""
action = act on it
delete = delete it
delete-automatically = delete it automatically
delete-securely = delete it securely
delete-identifiers = delete the identifiers
destroy = destroy it
destroy-securely = destroy it securely
dispose = dispose of it
dispose-automatically = dispose of it automatically
dispose-securely = dispose of it securely
overwrite = overwrite it
de-identify = de-identify it
anonymise = anonymise it
pseudonymise = pseudonymise it
aggregate-data-only = keep only aggregate data
redact = redact it
archive-data = archive it
deposit-data = deposit it in an archive
return = return it
refund = pay it back
transfer-back = transfer it back
restrict = restrict its use
suppress = suppress it
stop = stop using it
stop-contact = stop contacting you
stop-marketing = stop marketing to you
notify = tell you
notify-regulator = tell the regulator
notify-recipients = tell those who received the data
confirm = confirm that this has been done
refresh-consent = ask for your consent again
correct = correct it
publish = publish it
escalate = escalate it
earlier-use-lawful = treat what was done before as lawful
keep-anonymised-data = keep anonymised data
keep-minimum = keep the minimum
extend = extend the time
transcribe = transcribe it
recycle = recycle it
retain-data = retain the data
exclude = exclude it
investigate = investigate
acknowledge = acknowledge it
answer-request = answer it
erase = erase it
decommission = decommission the equipment
review = review it
withdrawal-effect = deal with data already used
""")

# `by` and `for`: nouns that go with another preposition or article.
MEANS = _table("""
web = online
website = on our website
online-form = through an online form
form = through a form
opt-out-form = through an opt-out form
visit = in person
office = at our office
app = through our app
portal = through a portal
live-chat = through live chat
chatbot = through a chatbot
video-call = by video call
text-message = by text message
textphone = by textphone
dpo = through the data protection officer
questionnaire-completion = by questionnaire
interview = in an interview
telephone-interview = by telephone interview
face-to-face-interview = in a face-to-face interview
online-interview = in an online interview
group-discussion = in a group discussion
field-observation = by observation
self-report = from what people report themselves
public-sources = from public sources
report = in a report
research-paper = in a research paper
conference-presentation = in a conference presentation
press-release = in a press release
dataset-release = by releasing a dataset
remote-access = by remote access
audio-recorder = with an audio recorder
camera = with a camera
cookies = through cookies
conversation = in conversation
link = through a link
unsubscribe-link = through the unsubscribe link
settings = through settings
social-media = through social media
privacy-notice = in a privacy notice
participant-information = in an information sheet
""")

# Nouns, wherever they stand.
NOUNS = _table("""
queries = questions
complaint-handling = complaints
compatible-purpose = compatible purposes
unrelated-purpose = unrelated purposes
mfa = multi-factor authentication
encryption-at-rest = encryption at rest
encryption-in-transit = encryption in transit
end-to-end-encryption = end-to-end encryption
staff-training = staff training
logging-monitoring = logging and monitoring
minimisation = data minimisation
separated-identifiers = identifiers that are held apart from the rest
no-individual-decisions = a rule that no decisions are made about individuals
no-harm = a rule that nobody is caused substantial damage or distress
no-re-identification = a ban on re-identification
privacy-by-design = privacy by design
access-limits = limits on who has access
behaviour-purchases = purchases
location-precise = precise location
location-imprecise = rough location
prize-draw = place in a prize draw
charity-donation = donation to a charity
breach-procedure = a procedure for data breaches
breach-register = a register of data breaches
secure-building = a secure building
secure-setting = a secure setting
secure-holding = holding the data securely
secure-handling = handling the data securely
clear-desk = a clear-desk rule
platform-compliance = checks that platforms comply
confidentiality-duty = a duty of confidentiality
confidentiality-agreement = a confidentiality agreement
nda = a non-disclosure agreement
policy-infosec = an information security policy
policy-deletion = a deletion policy
policy-retention = a retention policy
data-protection-policy = a data protection policy
acceptable-use-policy = an acceptable use policy
appropriate-policy-document = an appropriate policy document
dpia = a data protection impact assessment
lia = a legitimate interests assessment
ropa = a record of processing activities
idta = the International Data Transfer Agreement (IDTA)
uk-addendum = the UK Addendum to the EU standard contractual clauses
eu-standard-clauses = the EU standard contractual clauses
approval-regulations = UK adequacy regulations
uk-us-data-bridge = the UK-US data bridge
binding-corporate-rules = binding corporate rules
secretary-of-state-clauses = standard clauses made by the Secretary of State
transfer-risk-assessment = a transfer risk assessment
data-protection-test = the data protection test
contract = a contract
sub-contract = a sub-contract
processor-contract = a processor contract
joint-controller-arrangement = a joint controller arrangement
data-sharing-agreement = a data sharing agreement
consent = consent
written-instructions = written instructions
help-with-rights = help with people's rights
client-approval = our approval of sub-processors
audit-right = a right of audit
deletion-undertaking = an undertaking to delete the data
breach-reporting = a duty to report breaches
no-own-use = a ban on use for its own purposes
no-sale = a ban on selling the data
no-onward-sharing = a ban on onward sharing
no-training-on-inputs = a ban on training models on the data
human-review = human review
own-policies = its own policies
own-security = its own security
research-etc = research
lawful-basis = lawful basis
research-archiving-statistics = research, archiving or statistics
archiving-research-statistics = archiving, research and statistics
archiving-in-the-public-interest = archiving in the public interest
employment-social-security-social-protection = employment, social security and social protection
not-for-profit-body = not-for-profit bodies
made-public = data manifestly made public by the person
statistics = statistics
opt-out = opting out
rights-fulfilment = exercising your rights
complaints = complaints
racial-or-ethnic-origin = racial or ethnic origin
nhs-number = NHS number
ip-address = IP address
everyone = everyone
public = the public
general-public = the general public
police = the police
press = the press
web-analytics-tool = a web analytics tool
data-centres = data centres
all-data = all the data
uk-gdpr = the UK GDPR
eu-gdpr = the EU GDPR
dpa-2018 = the Data Protection Act 2018
duaa-2025 = the Data (Use and Access) Act 2025
pecr = the Privacy and Electronic Communications Regulations
mrs-code = the MRS Code of Conduct
data-protection-law = data protection law
voluntary = voluntary
dpo = data protection officer
artificial-intelligence = artificial intelligence (AI)
generative-ai = generative artificial intelligence (AI)
machine-learning = machine learning, a kind of artificial intelligence (AI)
phone = phone
web = web
iso-27001 = ISO 27001 certification
cyber-essentials = Cyber Essentials certification
cyber-essentials-plus = Cyber Essentials Plus certification
""")

# Data, where it is what a sentence is about.
CONTENTS = _table("""
health = health data
genetic = genetic data
biometric = biometric data
direct-identifier = direct identifiers
indirect-identifier = indirect identifiers
transcript = transcripts
audio-recording = audio recordings
video-recording = video recordings
recording = recordings
quotation = quotations
photograph = photographs
access-code = access codes
participant-identifier = participant numbers
ip-address = IP address
""")

# The form of data, or how a decision or a name is given, where `in … form` would not do.
STATES = _table("""
no-longer-processed = stored only and no longer used
unit-record = as unit records
anonymised-transcript = as an anonymised transcript
large-print = in large print
braille = in braille
easy-read = in easy read
printed = on paper
paper-kept = on paper
handwritten = in handwriting
up-to-date = kept up to date
solely-automated = by automated means alone
partly-automated = partly by automated means
significant = with a significant effect
large-scale = on a large scale
made-public = as made public
published = as published
unattributed = without attribution
deleted = deleted
destroyed = destroyed
overwritten = overwritten
archived = archived
restricted = with restricted use
suppressed = suppressed
separated = held apart
linked = linked
concealed = concealed
high-residual-risk = with a high risk that remains
nobody-named = with nobody named
named-at-end = to be named at the end
draft = as a draft
final = as final
""")

# Places that take an article.
PLACES = frozenset(
    [
        "United Kingdom",
        "United States",
        "Netherlands",
        "Philippines",
        "Bahamas",
        "Gambia",
        "United Arab Emirates",
        "Czech Republic",
        "Dominican Republic",
        "European Union",
        "European Economic Area",
        "Isle of Man",
    ]
)

# People, in the plural.
GROUPS = _table("""
child = children
adult = adults
person = people
everyone = everyone
public = the public
general-public = the general public
family = families
data-subject = the people whom the data are about
vulnerable-person = vulnerable people
young-person = young people
person-lacking-capacity = people who lack capacity
homeless-person = homeless people
disabled-person = disabled people
older-person = older people
deceased-person = people who have died
third-person = third persons
adult-at-risk = adults at risk
looked-after-child = looked-after children
employee = employees
staff = staff
authorised-people = authorised people
emergency-contacts = emergency contacts
neighbours = neighbours
agents = agents
authors-and-reviewers = authors and reviewers
directors-and-officers = directors and officers
parent-guardian = parents and guardians
police = the police
press = the press
local-authority = local authorities
public-authority = public authorities
competent-authority = competent authorities
charity = charities
any-other-organisation = any other organisation
other-organisations = other organisations
""")

# How consent and permission are given: a whole sentence's predicate.
MANNERS = _table("""
voluntary = Taking part is voluntary
choice = It is your choice, and you can refuse
skip-questions = You can leave out any question
recontact = You have agreed that we may contact you again
informed-participation = We ask for your agreement to take part
opt-out = You can opt out
opt-in = You opt in
parental = A parent or guardian gives consent
form = This is done on a form
online-form = This is done on an online form
opt-out-form = This is done on a form
proxy = Somebody else may agree in your place
assent = We ask children for their own agreement
passive = You are taken to agree unless you object
gatekeeper-permission = A gatekeeper gives permission
employer-permission = Your employer gives permission
mandatory = This is mandatory
optional = This is optional
""")

RIGHTS: dict[str, tuple[str, str, str]] = {
    "access": (
        "The right of access",
        "you can ask whether we hold personal data about you, and for a copy of it",
        "We may have to leave out what would reveal data about somebody else.",
    ),
    "rectification": (
        "The right to rectification",
        "you can ask us to correct data about you that is wrong, and to complete what is incomplete",
        "",
    ),
    "erasure": (
        "The right to erasure",
        "you can ask us to erase data about you",
        "The law lists when we must do so, and when we may refuse.",
    ),
    "restriction": (
        "The right to restriction of processing",
        "for a time, you can have us store data about you without using it",
        "It applies, for instance, while we check whether the data is right.",
    ),
    "portability": (
        "The right to data portability",
        "you can ask for the data that you gave us in a form that a machine can read, or that we send it on",
        "The law lists the cases in which you have this right.",
    ),
    "objection": (
        "The right to object",
        "you can object to our use of data about you, because of your own situation",
        "We then stop, unless we have compelling reasons in law to go on.",
    ),
    "marketing-objection": (
        "The right to object to direct marketing",
        "you can tell us at any time to stop using your data for direct marketing, and we then stop",
        "",
    ),
    "research-objection": (
        "The right to object to research",
        "you can object to data about you being used for research or statistics",
        "We may go on where a public task needs the research.",
    ),
    "withdraw-consent": (
        "The right to withdraw consent",
        "where we rely on your consent, you can withdraw it at any time",
        "What was done before you withdrew it stays lawful.",
    ),
    "automated-decisions": (
        "Rights about automated decisions",
        "where a significant decision about you is made without a person, you can have a person look at it, "
        "put your view, and contest it",
        "",
    ),
    "human-intervention": (
        "The right to human intervention",
        "you can ask that a person looks at a decision that was made automatically",
        "",
    ),
    "contest-decision": ("The right to contest a decision", "you can contest a decision made automatically", ""),
    "notification": (
        "The right to have recipients told",
        "where we correct, erase or restrict data, we tell those to whom we passed it on",
        "This does not hold where it is impossible or takes disproportionate effort.",
    ),
    "informed-directly": ("The right to be informed", "you are told how data that we get from you is used", ""),
    "informed-indirectly": (
        "The right to be informed",
        "you are told how data that we get from somebody else is used",
        "",
    ),
    "complaint-controller": ("The right to complain to us", "you can complain to us about how we use your data", ""),
    "complaint-regulator": (
        "The right to a complaint to the regulator",
        "you can complain to the Information Commission",
        "",
    ),
    "court": ("The right to go to court", "you can ask a court to enforce your rights", ""),
    "compensation": (
        "The right to compensation",
        "you can claim compensation for damage that a breach of the law causes",
        "",
    ),
    "opt-out": ("The right to opt out", "you can opt out", ""),
}
