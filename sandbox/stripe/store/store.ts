import type * as Catalog from "./catalog-records";
import type * as Invoices from "./invoice-records";
import { type Change, Journal } from "./journal";
import type * as Records from "./records";
import type * as Rows from "./rows";
import { type AnyTable, type Row, Table } from "./table";

/** Oldest rows beyond this many are forgotten, per table. */
const KEPT_ROWS = 20_000;

type Indexed<R> = readonly (keyof R & string)[];

/** Everything the sandbox knows, changed only inside `transaction`, so that a failed call leaves no half of itself. */
export class Store {
  readonly #before = new Map<string, { table: string; id: string; row: Row | null }>();
  readonly #changes = new Map<string, Change>();
  readonly #tables = new Map<string, AnyTable>();
  readonly #journal: Journal | null;
  #depth = 0;

  readonly #noteChange = (table: string, id: string, before: Row | null, after: Row | null): void => {
    if (this.#depth === 0) throw new Error(`${table} changed outside a transaction`);
    const key = `${table} ${id}`;
    if (!this.#before.has(key)) this.#before.set(key, { table, id, row: before });
    this.#changes.delete(key);
    this.#changes.set(key, [table, id, after]);
  };

  readonly balanceTransactions = this.#table<Records.BalanceTransaction>("balance_transactions", ["source"]);
  readonly charges = this.#table<Records.Charge>("charges", ["payment_intent", "customer"]);
  readonly checkouts = this.#table<Rows.CheckoutRow>("checkouts");
  readonly coupons = this.#table<Catalog.Coupon>("coupons");
  readonly customers = this.#table<Records.Customer>("customers", ["email"]);
  readonly deliveries = this.#table<Rows.DeliveryRow>("deliveries", ["event", "state"]);
  readonly disputes = this.#table<Records.Dispute>("disputes", ["charge", "payment_intent"]);
  readonly endpointSecrets = this.#table<Rows.EndpointSecretRow>("endpoint_secrets");
  readonly endpoints = this.#table<Records.WebhookEndpoint>("endpoints");
  readonly events = this.#table<Records.StripeEvent>("events");
  readonly invoicePayments = this.#table<Invoices.InvoicePayment>("invoice_payments", ["invoice"]);
  readonly invoices = this.#table<Invoices.Invoice>("invoices", ["customer"]);
  readonly jobs = this.#table<Rows.JobRow>("jobs", ["subject"]);
  readonly paymentIntents = this.#table<Records.PaymentIntent>("payment_intents", ["customer"]);
  readonly paymentMethods = this.#table<Records.PaymentMethod>("payment_methods", ["customer"]);
  readonly prices = this.#table<Catalog.Price>("prices", ["product"]);
  readonly products = this.#table<Catalog.Product>("products");
  readonly promotionCodes = this.#table<Catalog.PromotionCode>("promotion_codes");
  readonly refunds = this.#table<Records.Refund>("refunds", ["charge", "payment_intent"]);
  readonly sessions = this.#table<Records.Session>("sessions", ["payment_intent", "customer"]);
  readonly settings = this.#table<Rows.SettingRow>("settings");
  readonly storedAnswers = this.#table<Rows.StoredAnswerRow>("stored_answers");
  readonly taxRates = this.#table<Catalog.TaxRate>("tax_rates", ["country"]);

  /** With a directory the state survives a restart, also one by kill -9; without one it is in memory only. */
  constructor(directory?: string) {
    this.#journal = directory === undefined ? null : new Journal(directory);
    for (const [table, id, row] of this.#journal?.read() ?? []) {
      this.#tables.get(table)?.restore(id, row);
    }
  }

  /** Runs `work`, then writes what it changed. If it throws, nothing has changed, unless `keeps` says otherwise. */
  transaction<T>(work: () => T, keeps: (error: unknown) => boolean = () => false): T {
    this.#depth += 1;
    try {
      const result = work();
      if (this.#depth === 1) this.#commit();
      return result;
    } catch (error) {
      if (this.#depth === 1) {
        if (keeps(error)) this.#commit();
        else this.#undo();
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Forgets everything but the settings and webhook endpoints. */
  clear(): void {
    this.transaction(() => {
      for (const [name, table] of this.#tables) {
        if (name === "settings" || name === "endpoints" || name === "endpoint_secrets") continue;
        for (const row of [...table.oldestFirst()]) table.remove(row.id);
      }
    });
    this.#journal?.rewrite(this.#everything());
  }

  close(): void {
    this.#journal?.close();
  }

  #table<R extends Row>(name: string, indexed: Indexed<R> = []): Table<R> {
    const table = new Table<R>(name, this.#noteChange, indexed);
    this.#tables.set(name, table);
    return table;
  }

  #commit(): void {
    if (this.#changes.size === 0) return;
    for (const name of new Set([...this.#changes.values()].map(([table]) => table))) this.#forgetOldest(name);
    this.#journal?.append([...this.#changes.values()]);
    this.#changes.clear();
    this.#before.clear();
    if (this.#journal?.wantsRewrite) this.#journal.rewrite(this.#everything());
  }

  #undo(): void {
    for (const { table, id, row } of this.#before.values()) this.#tables.get(table)?.restore(id, row);
    this.#changes.clear();
    this.#before.clear();
  }

  #forgetOldest(name: string): void {
    const table = this.#tables.get(name);
    if (table === undefined || table.size <= KEPT_ROWS) return;
    for (const row of table.oldestFirst()) {
      if (table.size <= KEPT_ROWS * 0.9) return;
      table.remove(row.id);
    }
  }

  *#everything(): Generator<Change> {
    for (const [name, table] of this.#tables) {
      for (const row of table.oldestFirst()) yield [name, row.id, row];
    }
  }
}
