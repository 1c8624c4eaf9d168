import type { Metadata } from "next";
import { LegalPage, StoreAddress, StoreMail } from "@/components/catalog/legal-page";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Imprint",
  description: "Who runs this shop and how to reach them.",
  alternates: { canonical: "/imprint" },
};

export default function ImprintPage() {
  return (
    <LegalPage title="Imprint" lead="Who runs this shop and how to reach them.">
      <StoreAddress />
      <p>
        E-mail: <StoreMail />
      </p>
      <h2>About the pages</h2>
      <p>
        The texts of the courses belong to the shop. The covers are drawn by a program from each course’s
        name. The pages are set in Source Serif 4, Inter and JetBrains Mono, all under the SIL Open Font
        License.
      </p>
    </LegalPage>
  );
}
