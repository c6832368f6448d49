<?php
/**
 * Template Name: Privacy (Gangplank Jobs)
 * Old DPO was Mr Pike, dpo@gangplank.example -- left 2024, do not print
 */
$site   = 'Gangplank Jobs';
$months = 18;
$rights = [
    'see'     => 'have sight of your file, CV and all;',
    'fix'     => 'tell us where it is out of date, and have it brought up to date;',
    'lift'    => 'carry your CV and profile off in a form another job board can read;',
    'unsay'   => 'take back a consent you gave.',
];
get_header();
?>
<main class="policy">
<h1>What <?= esc_html($site) ?> does with job hunters' information</h1>

<p><?= esc_html($site) ?> is owned and run by Gangplank Recruitment Media Ltd, 5 Slipway House, Liverpool L3 9AA (also the data controller, and entered as such in the register under the Data Protection Act 1998). <a href="mailto:crew@gangplank.example">crew@gangplank.example</a></p>

<h2>What you put in</h2>
<p>CV, name, telephone, email, the jobs you click on, the salary you'd like. If you tick &ldquo;I am a disabled applicant&rdquo; so as to be guaranteed an interview, we pass that on with your application, with your explicit consent and for no other end.</p>

<h2>What we do with it</h2>
<ol>
  <li>Put your CV before employers. You asked us to when you signed up, so it's necessary for our agreement with you.</li>
  <li>Work out which vacancies to email you. Software compares the words in your CV with those in adverts and builds a picture of the work you're after. This only orders a list; no employer is told and nobody is turned down by it. We do this with your consent.</li>
  <li>Count visits to adverts, in our legitimate interests.</li>
</ol>

<h2>Who gets it</h2>
<p>Employers and agencies who subscribe: there are about 2,000. Each of them becomes a controller in its own right once it has downloaded a CV, and what it does after that is a matter for its own notice. Behind the scenes we use Bosun Hosting in Reykjav&iacute;k and Flaghoist, a mailing service.</p>

<h2>Outside the UK</h2>
<p>Iceland is where our servers are. Some employers may be based overseas, in which case your CV may travel with your application.</p>

<h2>How long we hold on to it</h2>
<p>We archive a CV nobody has touched for <?= (int) $months ?> months and wipe it six months after that. Applications are kept for a year, in case there's a squabble.</p>

<h2>You can</h2>
<ul>
<?php foreach ($rights as $k => $text): ?>
  <li class="right right--<?= esc_attr($k) ?>"><?= esc_html($text) ?></li>
<?php endforeach; ?>
</ul>

<?php if (get_option('gp_show_erasure')): ?>
<p>You can also scuttle your account: everything in it is then erased for good.</p>
<?php endif; ?>

<h2>Say no and what happens</h2>
<p>There's no law that says you must give us a CV, but without one we've nothing to show to anybody.</p>

<h2>Cross?</h2>
<p>The Information Commissioner hears complaints about how firms handle personal data. So do we, at the address above: say &ldquo;data complaint&rdquo; in the subject line. <?php /* TODO add s.164A wording */ ?></p>

<h2>Robots reading CVs</h2>
<p>We don't let anyone train artificial intelligence on CVs.</p>

<p class="v">Gangplank privacy wording, March 2026 edition</p>
</main>
<?php get_footer(); ?>
