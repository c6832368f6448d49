<?php
/* Template Name: Privacy */
get_header();
$shop  = 'Wick & Willow';
$email = 'orders@wickandwillow.example';
?>
<article class="page privacy">
  <h1>Privacy Policy</h1>

  <p>Here is what becomes of details left with <?php echo $shop; ?> ("the Shop", "we", "us") by everyone who buys or just has a sniff round ("you"). Your privacy matters enormously to us.</p>

  <h3>Details taken</h3>
  <p>Orders: whatever the checkout form asks for. Gift orders: the name and address of the lucky recipient, which we get from the person buying. We do not ask for sensitive data.</p>

  <h3>Uses</h3>
  <ol>
    <li>Getting your order to you. It goes out within two working days.</li>
    <li>Making our service better.</li>
    <li>Mailing you offers now and then. If you have bought from us we will assume you would like these. Click unsubscribe at any time, or write to us, to stop marketing.</li>
    <li>Competitions and surveys.</li>
  </ol>

  <h3>Legal grounds</h3>
  <p>We rely on one or more of the following, as appropriate: consent; performance of a contract; our legitimate interests; compliance with law.</p>

  <h3>Security</h3>
  <p>Checkout is encrypted with SSL and card numbers are handled by PayPal and Stripe; we never hold them. Parcels are carried by Royal Mail and Evri. The shop is built on Shopify. Mail is sent by Klaviyo.</p>

  <h3>Sharing</h3>
  <p>We do not sell, trade or rent your details. Partners and advertisers might be shown totals (how many of you live in Leeds, say) in which nobody can be picked out.</p>

  <h3>Transfers</h3>
  <p>Some of our suppliers might hold your details in countries beyond the European Economic Area. When you press "buy" you agree to that. We do everything reasonable to see that they look after them.</p>

  <h3>How long</h3>
  <p>Nothing is kept longer than the business needs it.</p>

  <h3>Your rights</h3>
  <p>Depending on where you live you may have rights under the GDPR or the Data Protection Act 1998, including a right of access to your data for which we may charge a small fee. California residents: see the notice at collection.</p>
  <p>You should keep your account details up to date.</p>

  <h3>Cookies</h3>
  <p>Our Shop uses cookies, Google Analytics and the Facebook pixel. If you do not like cookies, set your browser to refuse them; the basket may then not work.</p>

  <h3>Agreeing to this page</h3>
  <p>Shopping with us means that you accept all of the above. If you cannot accept it, kindly shop elsewhere. We change this page when we need to.</p>

  <h3>Contact</h3>
  <p>Comments, complaints about your order and questions: <?php echo antispambot( $email ); ?></p>
  <p><em>Policy last modified <?php the_modified_date(); ?></em></p>
</article>
<?php get_footer(); ?>
