import { LegalPage, Section } from "@/components/legal";

export const metadata = { title: "Privacy — Tiny Wins", robots: "index" };

const LAST_UPDATED = "28 May 2026";

// legal: do NOT ship the "we never share" sentence, see ticket 412
export default function PrivacyPage() {
  return (
    <LegalPage heading="Privacy Policy" updated={LAST_UPDATED}>
      <p>
        Tiny Wins is made by Sprig Labs Ltd (company 19998877), Unit 3, The
        Ropeworks, Calderford. We&apos;re the controller. Say hi:{" "}
        <a href="mailto:privacy@tinywins.example">privacy@tinywins.example</a>
      </p>

      <Section title="The short version">
        <ul>
          <li>You log habits. We nudge you.</li>
          <li>We make money from subscriptions, not from selling you out.</li>
          <li>You can export or nuke your account in Settings.</li>
        </ul>
      </Section>

      <Section title="Stuff we collect">
        <p>
          Account: email, nickname, time zone, hashed password. Habits: what you
          type in and tick off. Mood check-ins, sleep and step counts if you
          link Apple Health or Google Fit. Device model, crash logs, an
          advertising ID (Android only). Payment goes through the app stores, so
          we never see your card.
        </p>
      </Section>

      <Section title="Why, and our legal bases">
        <ul>
          <li>Running the app you signed up for — contract.</li>
          <li>
            Mood, sleep and steps — your explicit consent, which you can switch
            off under Settings › Data. Switching off doesn&apos;t undo what we
            did before.
          </li>
          <li>
            Fixing crashes and working out which features people use —
            legitimate interests, obviously.
          </li>
          <li>Tips and offers by email — consent.</li>
        </ul>
      </Section>

      <Section title="Coach (beta)">
        <p>
          Coach is a chatbot. Your messages and your last 30 days of habits are
          sent to OpenAI in the US, which writes the reply. OpenAI doesn&apos;t
          train on them. Coach also sorts people into &ldquo;streakers&rdquo;,
          &ldquo;starters&rdquo; and &ldquo;strugglers&rdquo; and picks the
          reminders you get. It&apos;s not a doctor and nobody at Sprig decides
          anything about you from it.
        </p>
      </Section>

      <Section title="Who helps us">
        <p>
          Google Firebase (database, analytics), OpenAI, Customer.io (email),
          Sentry (crashes). They may process data outside the UK, mostly in the
          United States. All of them take security as seriously as we do. If
          we&apos;re bought, the buyer gets the data too.
        </p>
      </Section>

      <Section title="Keeping and deleting">
        <p>
          Account and habits: until you delete the account, then gone within 30
          days (backups: 90). Coach chats: 60 days. Crash logs: as long as we
          need them. Dormant accounts are wiped after two years.
        </p>
      </Section>

      <Section title="You're in charge">
        <p>
          Under the UK GDPR you get to: see your data, fix it, delete it,
          download it as a JSON file and take it elsewhere, and object when we
          rely on legitimate interests. In-app is quickest; email works too.
        </p>
        <p>
          Got a question? Email us and Jo (co-founder) gets back to you within
          30 days. You&apos;re also free to take a complaint to the ICO at
          ico.org.uk.
        </p>
      </Section>

      <Section title="Kids">
        <p>
          You need to be 13 or over. If we find out you&apos;re younger we
          close the account.
        </p>
      </Section>

      <Section title="Cookies">
        <p>The website uses Google Analytics if you click &ldquo;OK&rdquo;.</p>
      </Section>

      <Section title="Data, anonymised">
        <p>
          We publish blog posts on habit trends. Those are built from totals
          that can&apos;t be traced to anyone.
        </p>
      </Section>
    </LegalPage>
  );
}
