import type { Metadata } from "next";
import { LegalPage, StoreMail } from "@/components/catalog/legal-page";
import { Link } from "@/components/ui/link";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Refunds",
  description: "You can return a course within fourteen days of buying it and get your money back.",
  alternates: { canonical: "/refunds" },
};

export default function RefundsPage() {
  return (
    <LegalPage title="Refunds" lead="You have fourteen days to change your mind. You need not say why.">
      <h2>How to ask</h2>
      <p>
        Open the order in <Link href="/account/orders">your orders</Link> within fourteen days of buying and
        press <em>Ask for a refund</em>. If you bought several courses, choose which ones to return. We email
        you at once to confirm what you asked for, and you can take the request back until we have answered
        it. You can also write to <StoreMail />, with the order number (it looks like ORD-20260131-7K3M9Q).
      </p>
      <h2>What happens then</h2>
      <ul>
        <li>You get back what you paid for the course, discounts taken into account.</li>
        <li>
          The money goes back the way it came, to the same card or account. Banks usually take five to ten
          days.
        </li>
        <li>
          Your access to the returned course ends when the refund is made. Other courses of the order stay
          yours.
        </li>
        <li>Your account shows the refund next to the order.</li>
      </ul>
      <h2>After fourteen days</h2>
      <p>
        If a course is broken or something was charged by mistake, ask all the same, in the same place. A
        payment made twice for the same course is always returned.
      </p>
      <p>This is the shop’s own promise. It does not affect the rights that you have as a consumer by law.</p>
    </LegalPage>
  );
}
