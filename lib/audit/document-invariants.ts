/** Adapter: what must be true of invoices and credit notes, in the database's own language. */
import "server-only";
import { sql } from "drizzle-orm";
import { type Invariant, PAID } from "./invariant";

export const DOCUMENT_INVARIANTS: readonly Invariant[] = [
  {
    name: "documents-gapless",
    holds: "The numbers of a series of invoices or credit notes begin at 1 and have no gap",
    breaches: sql`
      select d.series as id, 'numbers up to ' || max(d.sequence) || ', documents ' || count(*) || ', counter ' || max(c.last_number) as detail
      from (select series, sequence from invoices union all select series, sequence from credit_notes) d
      join document_counters c on c.series = d.series
      group by d.series
      having min(d.sequence) <> 1 or max(d.sequence) <> count(*) or count(distinct d.sequence) <> count(*)
        or max(d.sequence) <> max(c.last_number)`,
  },
  {
    name: "documents-unchanged",
    holds: "Every issued document is what it was when it was issued",
    breaches: sql`
      select id, number as detail
      from (select id, number, issued_at, data, data_sha256 from invoices
        union all select id, number, issued_at, data, data_sha256 from credit_notes) d
      where data_sha256 <> encode(sha256(convert_to(number || ' ' || extract(epoch from issued_at) || ' ' || data, 'UTF8')), 'hex')`,
  },
  {
    name: "invoice-is-the-order",
    holds: "An order's first invoice is over what was paid",
    breaches: sql`
      select i.id, i.number || ' over ' || i.total_amount || ', paid ' || o.total_amount as detail
      from invoices i join orders o on o.id = i.order_id
      where i.replaces_id is null and (i.total_amount <> o.total_amount or o.status not in ${PAID})`,
  },
  {
    name: "credits-within-invoice",
    holds: "Credit notes take back no more than their invoice",
    breaches: sql`
      select i.id, i.number || ' over ' || i.total_amount || ', credited ' || sum(c.total_amount) as detail
      from invoices i join credit_notes c on c.invoice_id = i.id
      group by i.id having sum(c.total_amount) > i.total_amount`,
  },
  {
    name: "refund-has-credit-note",
    holds: "A refund that arrived has its credit note over the same amount, when its order has an invoice",
    breaches: sql`
      select r.id, coalesce(c.number || ' over ' || c.total_amount, 'none') || ', refund ' || r.amount as detail
      from refunds r left join credit_notes c on c.refund_id = r.id
      where r.status = 'succeeded' and c.total_amount is distinct from r.amount
        and exists (select 1 from invoices i where i.order_id = r.order_id)`,
  },
  {
    name: "documents-are-what-stays",
    holds: "An order's invoices less its credit notes are what was paid less the refunds that arrived",
    breaches: sql`
      select o.id, 'documents over ' || (i.amount - coalesce(c.amount, 0)) || ', paid ' || o.total_amount || ', given back ' || coalesce(r.amount, 0) as detail
      from orders o
      join (select order_id, sum(total_amount) as amount from invoices group by order_id) i on i.order_id = o.id
      left join (select order_id, sum(total_amount) as amount from credit_notes group by order_id) c on c.order_id = o.id
      left join (select order_id, sum(amount) as amount from refunds where status = 'succeeded' group by order_id) r on r.order_id = o.id
      where i.amount - coalesce(c.amount, 0) <> o.total_amount - coalesce(r.amount, 0)`,
  },
];
