import type { Metadata } from "next";
import { LegalPage, StoreAddress, StoreMail } from "@/components/catalog/legal-page";
import { Link } from "@/components/ui/link";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Privacy",
  description: "What this shop stores about you, why, and who else sees it.",
  alternates: { canonical: "/privacy" },
};

export default function PrivacyPage() {
  return (
    <LegalPage title="Privacy" lead="What this shop stores about you, why, and who else sees it.">
      <h2>Who is responsible</h2>
      <StoreAddress />
      <h2>What is stored</h2>
      <ul>
        <li>
          <strong>Your account:</strong> name, e-mail address, your password as a hash from which it cannot be
          read, and what you chose in the settings. With two-step sign-in, its key and your recovery codes as
          hashes; with a linked sign-in, the id and the address that Google or GitHub told.
        </li>
        <li>
          <strong>Your cart and wishlist:</strong> the courses in them and a coupon, also before you have an
          account. Whoever has a link that you made to your wishlist sees it, with your name.
        </li>
        <li>
          <strong>Your orders:</strong> what you bought, prices, payments and what was given back, the address
          that you gave at the payment page, the kind of card and its last four digits. Never the card number.
          Also the billing details that you enter for invoices, what you write when you ask for money back,
          and notes of our staff.
        </li>
        <li>
          <strong>Gifts:</strong> the address that a buyer enters for somebody else, and their words. We write
          to it about the gift only, and forget it ninety days later, accepted or not. The buyer hears that a
          gift was accepted, not by whom.
        </li>
        <li>
          <strong>Your learning:</strong> the courses you are enrolled in, the lessons you marked complete,
          where you stopped and how long you learned; your notes, the code that you write and submit in
          exercises, and your answers to questions; your certificates, which whoever has their link sees.
        </li>
        <li>
          <strong>Your sign-ins:</strong> when a session began, was last used and ends, what your browser
          calls itself, and the beginning of its internet address, such as 203.0.113.*. You see them in the
          settings, our staff see them too. To stop guessing, attempts to sign in are counted for a short
          time, and a network from which you signed in is remembered for ninety days: by a code from which
          neither the network nor your address can be read.
        </li>
        <li>
          <strong>Our mails:</strong> what was sent to you, the links in it until they run out, and which
          mails you do not want.
        </li>
      </ul>
      <p>
        It is stored to sell you courses and let you read them. There is no advertising, no tracking, and
        nobody else’s script on these pages, except Stripe’s where this shop has its payment page inside ours.
        How often a course’s page is looked at is counted as a number alone, without anything about who
        looked.
      </p>
      <h2>Who else sees it</h2>
      <ul>
        <li>
          <strong>Stripe</strong> takes the payment on its own page and learns your name, your e-mail address
          and what you buy. Its own privacy policy applies there.
        </li>
        <li>
          <strong>A mail service</strong> (Resend, if this shop has connected it) carries the messages about
          your account and your orders.
        </li>
        <li>
          <strong>Google or GitHub</strong> (if this shop has connected them) learn that you come here, when
          you sign in with them, and tell us your name and e-mail address.
        </li>
      </ul>
      <h2>Cookies</h2>
      <p>Only those that the pages work with; none of them follows you.</p>
      <ul>
        <li>Your session: until you close the browser or, if you stay signed in, for at most ninety days.</li>
        <li>The name of a guest’s cart and wishlist, and the code of a coupon link: sixty days.</li>
        <li>The link of a gift, while you sign in: a day.</li>
        <li>
          What ties two steps to one browser, when you sign up, give a code, or go to Google or GitHub: an
          hour at most.
        </li>
        <li>The name of your time zone, so that your days begin at your midnight: a year.</li>
        <li>That there is something to show in the page’s head, and nothing else: four hundred days.</li>
      </ul>
      <p>
        A payment page inside ours is Stripe’s, with its own cookies. The choice of a light or dark page,
        lessons that you keep to read offline and work that is not sent yet stay in your browser.
      </p>
      <h2>How long</h2>
      <p>
        Orders and invoices are kept for as long as the law on accounts demands, and beside them, without your
        name and address, that mails were sent and courses were open, and the record of what our staff
        changed. Sessions, links and what guests leave in a cart are deleted automatically. Everything else
        stays until your account is closed.
      </p>
      <h2>What you can ask for</h2>
      <p>
        A copy of your data and the end of your account are yours to have under{" "}
        <Link href="/account/settings/data" prefetch={false}>
          your data
        </Link>{" "}
        in the settings, without asking anybody. For everything else write to <StoreMail /> from the address
        of your account. You may also complain to the data protection authority of your country. See also the{" "}
        <Link href="/terms">terms</Link>.
      </p>
    </LegalPage>
  );
}
