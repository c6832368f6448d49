import React from "react";
import { ScrollView, Linking } from "react-native";
import { H1, H2, P, Bullet, Callout, Toggle } from "@/ui";
import { useSettings } from "@/state/settings";

// Newtwatch privacy screen. Copy owner: Tamsin. TODO: ask whether we need a DPO (dpo@newtwatch.example?)

export const LAST_CHANGED = "2 April 2026";

export default function PrivacyScreen() {
  const { sharePrecise, setSharePrecise } = useSettings();
  return (
    <ScrollView accessibilityLabel="Privacy">
      <H1>Your newts, your data</H1>
      <P>Last changed {LAST_CHANGED}</P>
      <P>
        Newtwatch is made by the Ponds &amp; Ditches Society (charity, Hexham). That's us. We're in
        charge of your data. Say hello at <a href="mailto:hello@newtwatch.example">hello@newtwatch.example</a>.
      </P>

      <H2>What the app picks up</H2>
      <Bullet>Your nickname and email address.</Bullet>
      <Bullet>Photos you take of newts, with the time and the spot on the map.</Bullet>
      <Bullet>Your phone's make and crash reports.</Bullet>

      <H2>What we do with it</H2>
      <P>
        Your sightings become dots on the national newt map. A picture-recognition model guesses the
        species; a volunteer checks every guess. Crash reports help us squash bugs.
      </P>

      <H2>Why it's okay</H2>
      <P>
        You've agreed to our terms, and we can't give you an account or log a sighting without the
        things above: that's our contract with you. For crash reports we've got a legitimate interest
        in an app that doesn't fall over. For your exact location we need your say-so, given with this switch:
      </P>
      <Toggle
        label="Let others see my exact spot"
        value={sharePrecise}
        onChange={setSharePrecise}
        hint="Flip it back whenever you fancy. We'll blur old dots too."
      />

      <H2>Who else gets a look</H2>
      <P>
        Sightings (never emails) go to county record centres and the National Biodiversity Commons,
        a public archive, where they stay for good under your nickname. The app's database lives with
        Cloudberry Hosting in Slough. Crash reports go to Faultline Inc. in Oregon.
      </P>

      <H2>How long</H2>
      <Bullet>Account: till you delete it, or three years after you last opened the app.</Bullet>
      <Bullet>Crash reports: 30 days.</Bullet>

      <H2>Kids</H2>
      <P>
        Under 13? Get a grown-up to make the account and log newts together. We don't knowingly hold
        an account for anyone younger.
      </P>

      <H2>What you can do</H2>
      <Bullet>Get your sightings out: Profile › Export gives you a spreadsheet you can take anywhere.</Bullet>
      <Bullet>Change anything that's wrong: Profile › Edit.</Bullet>
      <Bullet>Delete your account: Profile › Goodbye. Dots stay, nameless.</Bullet>

      <Callout tone="warn">
        Got a gripe about how we've treated your data? Complain to us and we'll sort it or say why not:
        gripes@newtwatch.example. Or tell the{" "}
        <a onClick={() => Linking.openURL("https://ico.org.uk")}>Information Commission</a>; that's your right.
      </Callout>
    </ScrollView>
  );
}
