<?php
/* Template Name: Survey's notice */
$dpo = 'Inés O’Dowd'; // don't keep for 99 years
get_header();
?>
<h1>Privacy notice for the
    Harbour Lights reading survey</h1>
<p>Last changed on <b>3 March 2026</b>, version 2.1.
<p>Harbour Lights asks grown-ups in Marrowby how they read <i>at home</i>. This page tells you
what becomes of your answers, who sees them &amp; when they go.
<h2 id="who">Who decides about your data</h2>
<p>Marrowby Reading Trust decides why and how the answers are used, so it is the controller. Write
to Marrowby Reading Trust, 7 Quay Steps, Marrowby MB4 9ZZ, or to
<a href="mailto:hello@marrowby.example">hello@marrowby.example</a>.</p>
<p>Our data protection officer is <?= $dpo ?>. Reach her at dpo@marrowby.example<br>or
on 01632&nbsp;960&nbsp;123.</p>
<h2>What we ask, and why</h2>
<p>We use your answers to:</p>
<ul>
  <li>learn which books are <em>read aloud</em>;
  <li>plan where new branch libraries open, namely
    <ul><li>on the east quay<li>in the upper town</ul>
  <li><p>write a yearly report that names
      nobody.</p>
</ul>
<p>You give us your first name, your email address, your age band and, if you wish, whether
poor eyesight keeps you from reading. The last is health information, and we ask for it
only with your explicit consent under Article 9(2)(a).</p>
<p><strong>Our grounds in law</strong></p>
<p>The survey itself rests on our legitimate interests, Article 6(1)(f) of the <abbr>UK</abbr> <abbr>GDPR</abbr>: we
want our libraries to stock what people enjoy. The prize draw rests on your consent,
Article 6(1)(a).</p>
<h2>Who else sees your answers</h2>
<p><?php esc_html_e('We hand parts of them on to:', 'marrowby'); ?></p>
<ol>
  <li>Tallyho Surveys Ltd, which runs the questionnaire for us;</li>
  <li>Pemberwick University, whose students count the answers, without names;</li>
  <li>the printer of the report.</li>
</ol>
<h2>How long we keep things</h2>
<table>
  <thead><tr><th>What<th>How long<th>Counted from</thead>
  <tbody>
  <tr><td>Email addresses<td>six weeks<td>the day of the prize draw
  <tr><td>Answers with age bands</td><td><b>18 months</b></td><td>the end of the survey</td></tr>
  <tr><td>Notes of telephone calls<td>ten working days<td>the call itself
</table>
<div>After that everything is shredded or over&shy;written.</div>
<h2>What we learn from others</h2>
<p>Your library may tell us, where you borrow with a card, how many books you took home last year;
it does so only after you tick the box on page two of the questionnaire. The card number itself
stays with the library, and we never learn which titles you chose.</p>
<h2>Must you answer?</h2>
<p>No. Each question can be skipped, and nobody treats you any differently if you stop halfway.
Without an email address we cannot enter you in the prize draw, and that is the only difference
it makes.</p>
<h2>How we look after it</h2>
<p>Answers travel over an encrypted connection. Four members of our staff can open them, each with
a key card and a password, and every summer an outside firm tests whether that is still so.</p>
<h2>When this page changes</h2>
<p>We put the new date at the top and keep older versions on request. Whoever gave us an email
address hears of a change before it takes effect.</p>
<h2>Beyond the United Kingdom</h2>
<blockquote>Tallyho Surveys stores its files in Iceland, which UK adequacy regulations cover. For
its help desk in Chile it has signed the International Data Transfer Agreement with us.</blockquote>
<h2>What you may ask of us</h2>
<p>At any time you can ask us to:</p>
<ul>
  <li>show you what we hold about you;</li>
  <li>mend what is wrong in it;</li>
  <li>wipe it, or stop using it for a while;</li>
  <li>send it to you in a form that another service can load.</li>
</ul>
<p>You can <em>object</em> to the survey, and take back your consent whenever you like: an
email to us is enough. No machine decides anything about you.</p>
<?php if ($open): ?>
<h3>If you are under 18</h3>
<p>This survey is not for you, and we delete what reaches us by mistake within five days.</p>
<?php endif; ?>
<h2>If something goes wrong</h2>
<p>Tell us first, on our <a href="https://marrowby.example/complaints">complaints page</a>, and you will have a reply within
30 days. You may also turn to the Information Commission, which watches over the law in
this country.</p>
<?php get_footer();
