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
          <strong>Your account:</strong> name, e-mail address, and your password as a hash from which it
          cannot be read.
        </li>
        <li>
          <strong>Your cart and wishlist:</strong> the courses in them and a coupon, also before you have an
          account.
        </li>
        <li>
          <strong>Your orders:</strong> what you bought, prices, the address that you gave at the payment
          page, the kind of card and its last four digits. Never the card number.
        </li>
        <li>
          <strong>Gifts:</strong> the address that a buyer enters for somebody else, and their words. We write
          to it about the gift only, and forget it ninety days later, accepted or not. The buyer hears that a
          gift was accepted, not by whom.
        </li>
        <li>
          <strong>Your learning:</strong> the courses you are enrolled in, the lessons you marked complete,
          and where you stopped.
        </li>
        <li>
          <strong>Your sign-ins:</strong> when a session began, was last used and ends. To stop guessing,
          attempts to sign in are counted for a short time, and a network from which you signed in is
          remembered for ninety days: by a code from which neither the network nor your address can be read.
        </li>
      </ul>
      <p>
        It is stored to sell you courses and let you read them. There is no advertising, no tracking, and no
        script of anybody else on these pages. How often a course’s page is looked at is counted as a number
        alone, without anything about who looked.
      </p>
      <h2>Who else sees it</h2>
      <ul>
        <li>
          <strong>Stripe</strong> takes the payment on its own page and learns your e-mail address and what
          you buy. Its own privacy policy applies there.
        </li>
        <li>
          <strong>A mail service</strong> (Resend, if this shop has connected it) carries the messages about
          your account and your orders.
        </li>
      </ul>
      <h2>Cookies</h2>
      <p>
        Only those that the shop cannot do without: one for your session, one that names a guest’s cart and
        wishlist, one that keeps the code of a coupon link, one that keeps the link of a gift while you sign
        in, and one that says that there is something to show in the page’s head. The choice of a light or
        dark page stays in your browser.
      </p>
      <h2>How long</h2>
      <p>
        Orders are kept for as long as the law on accounts demands. Everything else stays until your account
        is closed.
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
