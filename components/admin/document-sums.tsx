import { Money } from "@/components/ui/money";
import { Stat, Stats } from "@/components/ui/stats";
import type { RegisterSum } from "@/lib/invoice-register/schema";

/** What the documents of the period add up to, each currency by itself. */
export function DocumentSums({ sums }: { readonly sums: readonly RegisterSum[] }) {
  return sums.map(({ currency, isTest, documents, netAmount, taxAmount, totalAmount }) => (
    <section key={`${currency} ${isTest}`} aria-label={`Sums in ${currency.toUpperCase()}`} className="mb-6">
      <Stats>
        <Stat
          label={isTest ? "Test documents" : "Documents"}
          value={documents}
          note={isTest ? "No real money was paid" : "Credit notes taken off"}
        />
        <Stat label="Net" value={<Money amount={netAmount} currency={currency} />} />
        <Stat label="Tax" value={<Money amount={taxAmount} currency={currency} />} />
        <Stat label="Total" value={<Money amount={totalAmount} currency={currency} />} />
      </Stats>
    </section>
  ));
}
