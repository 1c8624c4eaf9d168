import type { Metadata } from "next";
import { LegalPage, StoreMail } from "@/components/catalog/legal-page";
import { Link } from "@/components/ui/link";
import { env } from "@/lib/env";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Terms",
  description: "What you get when you buy a course, and what you may do with it.",
  alternates: { canonical: "/terms" },
};

export default function TermsPage() {
  const { STORE_NAME } = env();
  return (
    <LegalPage title="Terms" lead="What you get when you buy a course, and what you may do with it.">
      <h2>What you buy</h2>
      <p>
        You buy access to a course for one person, without an end date. The course stays in your account for
        as long as {STORE_NAME} keeps the account open, and its later corrections and additions are included.
      </p>
      <h2>The price</h2>
      <p>
        The price on the course’s page is the price in the cart. A discount is shown by name and amount before
        you pay. If a price changes while a course is in your cart, the cart says so. You pay once; nothing
        renews by itself.
      </p>
      <h2>Paying</h2>
      <p>
        You pay on a page of Stripe, the payment provider. The sale is made when Stripe confirms the payment;
        the course is then in your account. Courses that are free need an account and no payment.
      </p>
      <h2>What you may do</h2>
      <p>
        Read the lessons, print them for yourself, and use the code from them in your own programs, at work
        too. Please do not pass on the texts, publish them, or share your account.
      </p>
      <h2>Changes and end</h2>
      <p>
        A course may leave the shop. If you bought it, you keep it. We may close an account that is used to
        pass on courses or to attack the shop.
      </p>
      <h2>Changing your mind</h2>
      <p>
        You can return a course within fourteen days: see <Link href="/refunds">Refunds</Link>. None of this
        affects the rights that you have as a consumer by law.
      </p>
      <h2>Questions</h2>
      <p>
        Write to <StoreMail />. Who runs this shop stands in the <Link href="/imprint">imprint</Link>.
      </p>
    </LegalPage>
  );
}
