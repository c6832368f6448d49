"""Words that make no name by themselves, although they may be written with a capital: at the beginning of a sentence,
in headings, in tables. And given names: what begins with one is a person's name and not a body's.
"""

from __future__ import annotations

from gdprlint.prose.recognise.value import words_in

ORDINARY = words_in(
    """about abroad acceptable accepted access accessing accident account accounts accredited accuracy act acts
    addendum additional additionally address addressed addresses adequacy adherence admin administrative
    administrator administrators adult adults advertisement advertising advice advisory affiliates african after
    again against age agents ages agree agreed agreeing agreement agreements agriculture alerts all allegations
    allow allowed almost alongside also alternative alternatively although alumni amended american americans among
    amongst amounts an analysis analysts analytics android annex annual anonymisation anonymise anonymity anonymous
    another answer answering answers anti any anybody anyhow anyone anything apart app appeal appendix applicant
    application applications apply appointments appropriate approval approved apps apr april archive archives
    archiving are area areas around arrangement arranging arrests art article articles artificial arts as asian
    aside ask assess assessment assessments asset associates assurance at attendance audio audit auditors audits aug
    august authorisation authorised authorities authority automated automatically autumn availability available
    aware away back background balance bangladeshi bases basis bcrs be because become before behaviour behind below
    beneficiaries benefit benefits besides best better between beyond big bigger bill binding biology biometric
    birth birthday black blog bluetooth board bodies book booking bookings borders borough both bought brand breach
    breaches bridge brief broad browse browser bst building buildings bureau business businesses but button buyers
    by cabinet call called calls came campaigns can card cards care career careers carer carers caribbean case cases
    category caution cctv census central centre certificate certification chair chairman chairperson change changes
    channel channels chapel charter chat checking checks chemistry chief child children chinese choice choices
    christian christmas chrome chromium citizen city claim claims class clauses clerk client clients climate close
    cloud club co coach coaches code codes cohort collaboration come comes comment comments commerce commercial
    commissioned commissioner commissioners commissions committee communication communications community companies
    company competent competition competitions complainant complaint complaints complete completed compliance
    computer computing concern concerns conditions conduct confidence confidential confidentiality confirm
    confirmation connected consent consequences conservation considering consultation consultations consumer contact
    contacting contains content contents contract contractors contracts contractual control controller controllers
    conviction convictions cookie cookies copies copy core coronavirus corporate corporation correct correspondence
    councillor councillors countries country counts county couriers course courses court courts cover covers covid
    created creative credentials credit crew crews crimes criminal criteria critical crown crucial csv cues culture
    current currently curriculum customer customers customs daily dashboard data database date dates days de
    deadline deal dealing dear dec deceased december decide decided decides decision decisions declarations
    definitions delete deliver delivery democratic demographic department departmental departments depending deputy
    derived description details detection developers development device devices diaries diary dictated dietary
    digital directly director directors disabilities disability disclosure disclosures discussion dispute district
    diversity divisional do doctor doctors document documents does doing domestic donate donation donations done
    donor donors download dr draft drafts draw drive driver driving during duties each early easter ecology economic
    edge editor education eight either eleven eligibility else email emails embedded emergency employee employees
    employer employers employment encryption end energy enforcement engagement engineering engineers enough
    enquiries enquiry enrolment ensure ensuring entry environment environmental environments equal equalities
    equality equipment erasure error errors especially essential etc ethics ethnic even event events every everybody
    everyone everything evidence exam examination examinations exams excel except excise executive exemption
    exemptions exit expect experience expert experts explained explaining explicit explore explorer export extension
    extents external facts fair faith families family far faults favourable feb february federated fee feedback fees
    field fieldwork figures file files filing finance finances financial find finders findings fine fire firefox
    firm first firstly fisheries five flags flu focus follow following food for forename forenames forestry form
    formerly forms found foundation four framework free freedom freephone french friday friends from full funding
    fundraising further furthermore future gaelic games gas gdpr gender general generally genetic genetics genuine
    geography german get gets getting give given gives glossary gmt goes going goods got gov governance government
    governor governors graduate grant granting grants great grounds group groups growing grumbles guarantee
    guardians guidance guide guidelines had half handbook handled handling hands happy harbour harm has haven head
    headquarters headteacher health healthcare heard hearing hello help helpers helpful helping helpline hence her
    here hers hi high him hindu his history hiya hold holder holders holding holds home homeless homeowner homes
    hopefully hospital hospitals host hosting hotel hours house household housing how however hr html human
    humanities idea ideas identifiable identification identifier identity if illness images impact important imprint
    in inc incident include includes including income indeed independent indian individual individuals industry
    infants inform information informed initial initials innovation inputs inquiry inside inspection inspections
    inspector inspectorate installation instead insurance integrated integrity intelligence interaction interactions
    interest internal international internet interview interviewers interviews into introduction invoices involved
    ios ipad iphone irish issue it item items its jan january javascript jewish job join joint journalism journey
    judged judges jul july jun june junior just justice keep keeping kept key keys kin kind kinds knowing knowledge
    known lab land landlord landlords language laptop laptops large last later launch law lawful laws layout lead
    leader leaders leads leaflet learning least leave leaving left legal legislation legitimate legitimately less
    lesson lessons let lets letter letters letting lettings level liability liaison library licence life limit line
    link linkage linked linking links linux list listed lists live living loads local location log login logs long
    longitudinal look looking lookup lots low lower loyalty mac machines made mail mailing mainly maintenance
    majesty major make makes making male man manage management manager managers mandatory many map mapmaker mar
    march margins marital market marketing marriage married maternity mathematics maths may maybe me mean means
    meanwhile measure measures mechanisms media medical medication medicine medicines meet meeting meetings member
    members membership mental messages met metadata method methods middle might migration mine minimising minister
    ministry minor minors minute mistakes mobile mode model monday mondays monitoring month months more most mostly
    mother moving mrs much museum music muslim must my myself mystery name named names naming narrower national
    nationality native nature nearly necessary need needs neighbour neighbours neither network networks never
    nevertheless new newer news newsletter newsletters next nhs night nine no nobody nominated non none nor normally
    north not notably notes nothing notice noticeboard notification notified notify notwithstanding nov november now
    nowhere numbers nurse nurses nursing object objection occupation occupational occupier oct october of office
    officer officers offices official often okay old older ombudsman on once one ones online only onto open
    operating operational operations operator opinion opinions opportunities opt opted opting optional optout or
    orders ordinary organisation organisational organisations orientation origin other others otherwise ought our
    ourselves out outcome outcomes outputs outside over overall overseas overview own owner ownership packages page
    pages paid pakistani panel paper papers paragraph paragraphs parental parents parish park parking parliament
    part participant participants particular particularly parties partner partners partnerships party passing
    passport password passwords past patient patients pay payment payments payroll pdf pecr penetration pensioners
    pensions people per performance perhaps periods permanent permission permit permits permitting person personal
    personalisation persons phase phone photo photograph photographs photography photos physical physics picture
    place places planned planning plans platform platforms play player players please plus point points police
    policies policy polish political poll population portability portal possible post postal postcode postcodes
    posts potential power practical practice practices practitioners preference preferences pregnancy preventive
    previous price primary principal principles print printer priority prison privacy private prize prizes probably
    probation problem problems procedure procedures proceed proceedings process processed processing processor
    processors product products professional professor profile profiles profiling profit programme programmes
    progress project projects promise promises promoting promotion promotions proof property protect protected
    protecting protection protocol provenance provide provided providers provision provisions proxy pseudonymisation
    psychology public publication publications publicity publish published punjabi pupils purchase purpose purposes
    put putting qualification qualifications qualified qualitative quality quantitative queries query questions
    quick quite quotations quoted race racial range ranking rather read readers reading ready real really reason
    reasonable reasons receipt receive recently reception recipes recipient recipients recital record recorded
    recording recordings records recruiting recruitment rectification refer reference references referrals referrer
    refund refunds refuse reg regarding regardless regional register registered registers registrar registration
    registry regular regulated regulation regulations regulator rejected related relations relationship relatives
    relevant religion religious remember removal rent repair repairs replies reply reported reporter reporting
    reports representative representatives request requesting requests required rescue research researchers
    reservation residency resident residents resources respect respectively respond respondent respondents responses
    responsibilities responsibility responsible restore restrict restricted results retention retirement return
    returns reuse revenue reviewed reviews rewards reword right rights risk role roles rota round row rules run
    running rural sadly safari safe safeguard safeguarding safeguards safer safety said salary sale sales same
    samples satisfaction saturday saved say sccs sch schedule schedules scheme schemes scholarship school schools
    science scope scores scoring screen screening search season second secondary secondly secretariat secretary
    section sections sector secure security see seeing seek seen self selling send senior sensitive sent sep
    separately sept september series servers service services session sessions set sets settings seven several sex
    sexual share shared sharing she sheet ship shipping shop shoppers shops short shortlist shortlisted should
    sibling sick sickness sign signature significantly signing signup sikh silence similar similarly simple simply
    since single site sites six skills skip sleep small smart so social society socio software solicitor solicitors
    some somebody something sometimes sort source south spanish speak speaking special specialist specific sport
    sports spouse spree spring staff stage stakeholder stakeholders standard standards start state statement states
    station statistics status statutory step steps still stocktaking stop stopped storage store stored strategic
    strategy street student studies study sub subcontractor subcontractors subject subjects subscriber subscribers
    subscription subscriptions substantial such sufferers suite summary summer sunday supervisory supplementary
    supplier suppliers supplies support supporting sure surgery surname surnames survey surveyor surveyors surveys
    suspected synthetic system systems table tables take taken taking target targeted task tasks tasters tax teacher
    teachers teaching team teams technical technologies technology teenagers tel telephone tell telling template ten
    tenancy tenant tenants terminal terminology terms territories territory test testers testing tests text thank
    thanks that the their theme themes then there thereafter therefore these they things third thirdly this those
    though three through throughout thumbprint thursday thus tick ticket tickets till time times timetable tip tips
    title to today together told too took tools topic topics total toward towards town trade traffic trainee
    training transaction transactions transcriber transcription transcriptions transcripts transfer transfers
    translation transparency transport travel treasurer treatment trial trials tried true trusted trustee trustees
    try tubes tuesday tuition turn tutor twelve twice two type types typesetter typical typists under unfinished
    unfortunately unhappy union unions united unless unlike unsubscribe unsubscribing until up update updated
    updates upon urdu urgent us usage use user username users uses using usual usually utilities vacancies vacancy
    values vehicle vehicles vendor vendors verbatim verification version very vetting via victims video view views
    visa visit visiting visitor visitors visits vital voice volunteer volunteering volunteers vote voter voters
    voucher vouchers vulnerability vulnerable wages walking want ward wardens warning warranty was waste watched
    watchers watching way ways we web website websites wednesday week weekly welcome welfare wellbeing went were
    west what whatever whatsoever when whenever where whereas whereby wherever whether which while white who whoever
    whole whose why wifi will windows winners winter wish with withdraw withdrawal withdrawing within without
    witness witnesses woman women wonder word words work worker workers workforce working workplace works workshop
    workshops workspace worries would write writers writing wrong yearly years yes yesterday yet yields you young
    your yours yourself youth zone"""
)

GIVEN_NAMES = words_in(
    """aaron abdul abigail adam adrian agnes agnieszka ahmed aisha alan alastair albert alex alexander alexandra alice
    alison alistair amanda amelia amina amir amy ana andrea andrew angela angus anita ann anna anne annette anthony
    antonia arjun arthur asha ashley barbara barry beatrice ben benjamin bernard beth bethany betty beverley bilal
    brenda brian bridget bronwen bruce callum cameron carl carlos carol caroline carolyn catherine cathy charles
    charlie charlotte cheryl chloe chris christina christine christopher claire clare clive colin connor craig daisy
    dan daniel danielle darren dave david dawn dean debbie deborah declan deepak denise dennis derek diana diane
    donald donna doreen dorothy douglas duncan dylan edward eileen elaine eleanor elizabeth ella ellen emily emma
    eric erin esther ethan etienne euan eve evelyn evie farah fatima faye felicity finlay fiona florence frances
    francesca francis frank fred freya gail gareth gary gavin gemma geoff geoffrey george georgia gerald geraldine
    gillian gita giulia glenn glynis gordon grace graham grant greg gwen hamish hannah hans harold harriet harry
    hassan hazel heather helen henry hilary holly howard hugh ian imran iqbal irene iris isaac isabel isabella isla
    isobel ivan ivy jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jay jean
    jeanette jeff jeffrey jen jennifer jenny jeremy jess jessica jill jim joan joanna joanne joe joel john jon
    jonathan jordan jose joseph josephine josh joshua joy joyce judith julia julian julie june jurgen justin karen
    karl katarzyna kate katherine kathleen kathryn katie kay keith kelly ken kenneth kerry kevin khadija kim kiran
    kirsty klaus kumar kyle lars laura lauren laurence leah lee leila leo leon leonard lesley leslie lewis liam lily
    linda lindsay lisa liz lloyd logan lorna lorraine louis louise luca lucas lucy luke lydia lynda lynn lynne maeve
    malcolm mandy marcus marek margaret maria marian marie marilyn marion marjorie mark martha martin martyn mary
    matt matthew maureen max maxine meera megan mehmet melanie melissa michael michelle mick mike mohammad mohammed
    moira molly monica morag muhammad muriel nadia naomi natalie natasha nathan neha neil niall niamh nicholas nick
    nicola nicole nigel nina noah noel nora norman olive oliver olivia omar oscar owen pam pamela pat patricia
    patrick paul paula pauline penny percy pete peter phil philip philippa phoebe phyllis pierre piotr pippa poppy
    priya rachael rachel rajesh ralph ravi ray raymond rebecca reg rhian rhys richard rita rob robert robin rodney
    roger roisin ron ronald rory rosa rosalind rose rosemary ross rowan roy ruby russell ruth ryan sally sam
    samantha samir samuel sandra sanjay sara sarah scott sean shabana shane shannon sharon shaun shauna sheila
    shirley sian simon sofia sofie sonia sophia sophie stacey stanley stefan stella stephanie stephen steve steven
    stewart stuart sue suki sunita susan suzanne sylvia tamsin tanya tara terence teresa terry tessa theo theresa
    thomas tim timothy tina toby tom tomasz tony tracey tracy trevor ulrike una usha valerie vanessa vera verity
    veronica vicki vicky victor victoria vincent vivian vivienne walter wayne wendy wilfred will william winifred
    yasmin yusuf yvonne zara zoe"""
)
