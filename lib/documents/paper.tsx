/** Adapter: @react-pdf/renderer. Issued documents keep their paper: what is drawn here is changed by a new look only. */
import "server-only";
import { Document, Page, Text, View } from "@react-pdf/renderer";
import type { ReactNode } from "react";
import { formatDay } from "@/lib/format-day";
import { formatMoney } from "@/lib/money";
import { buyerLines, describeRate } from "./describe-document";
import type { PaperLook } from "./paper-looks";
import { FOOT_TOP, MUTED, styles } from "./paper-styles";
import type { CreditLine, InvoiceData, InvoiceLine, IssuedDocument, TaxRateLine } from "./schema";

export type PaperProps = {
  readonly document: IssuedDocument;
  readonly look: PaperLook;
  /** Known to fit on one page. A foot that has to count them is set again for every page, with all that stands above. */
  readonly onePage: boolean;
};

/** An issued document on A4 or Letter. Its strings were made plain before. */
export function Paper({ document, look, onePage }: PaperProps) {
  const { data, number, issuedAt } = document;
  const kind = document.kind === "invoice" ? "Invoice" : "Credit note";
  return (
    <Document
      title={`${kind} ${number}`}
      author={data.seller.name}
      subject={`Order ${data.orderNumber}`}
      language="en"
      creator={data.seller.name}
      producer="Lectern"
      creationDate={issuedAt}
      modificationDate={issuedAt}
    >
      <Page size={data.paper === "letter" ? "LETTER" : "A4"} style={[styles.page, look.page]}>
        <View style={styles.head}>
          <Text style={styles.shop}>{data.seller.name}</Text>
          <View style={styles.named}>
            <Text style={styles.kind}>{kind}</Text>
            <Text style={styles.number}>{number}</Text>
          </View>
        </View>
        {data.livemode ? null : <Text style={styles.test}>Test document. No real money was paid.</Text>}
        <Parties document={document} />
        <Facts document={document} />
        {document.kind === "invoice" ? (
          <InvoiceBody data={document.data} />
        ) : (
          <CreditBody document={document} minus={look.minus} />
        )}
        <Rates rates={data.rates} currency={data.currency} sign={document.kind === "invoice" ? 1 : -1} />
        <Notes document={document} />
        <Foot document={document} onePage={onePage} />
      </Page>
    </Document>
  );
}

function Parties({ document: { data } }: { readonly document: IssuedDocument }) {
  const { seller, buyer } = data;
  return (
    <View style={styles.row}>
      <View style={styles.column}>
        <Text style={styles.label}>From</Text>
        <Lines of={[seller.name, ...seller.address, seller.vatId && `VAT ID ${seller.vatId}`]} />
      </View>
      <View style={styles.column}>
        <Text style={styles.label}>To</Text>
        <Lines of={[...buyerLines(buyer), buyer.email, buyer.vatId && `VAT ID ${buyer.vatId}`]} />
      </View>
    </View>
  );
}

function Lines({ of }: { readonly of: readonly (string | null)[] }) {
  return [...new Set(of)].map((line) => (line ? <Text key={line}>{line}</Text> : null));
}

function Facts({ document }: { readonly document: IssuedDocument }) {
  const { data, issuedAt } = document;
  return (
    <View style={styles.facts}>
      <Fact name="Date">{formatDay(issuedAt)}</Fact>
      <Fact name="Date of supply">{formatDay(data.suppliedAt)}</Fact>
      <Fact name="Order" wide>
        {data.orderNumber}
      </Fact>
      {document.kind === "credit_note" ? (
        <Fact name="Amends invoice" wide>
          {document.data.invoice.number} of {formatDay(document.data.invoice.issuedAt)}
        </Fact>
      ) : document.data.replaces ? (
        <Fact name="Replaces invoice" wide>
          {document.data.replaces}
        </Fact>
      ) : null}
    </View>
  );
}

type FactProps = { readonly name: string; readonly wide?: boolean; readonly children: ReactNode };

function Fact({ name, wide, children }: FactProps) {
  return (
    <View style={wide ? [styles.fact, { width: "28%" }] : styles.fact}>
      <Text style={styles.label}>{name}</Text>
      <Text>{children}</Text>
    </View>
  );
}

const taxOf = (line: InvoiceLine | CreditLine) => line.taxes.reduce((total, tax) => total + tax.amount, 0);

function InvoiceBody({ data }: { readonly data: InvoiceData }) {
  const money = (amount: number) => formatMoney(amount, data.currency);
  return (
    <>
      <View style={styles.table}>
        <TableHead names={["Price", "Discount", "Net", "Tax"]} />
        {data.lines.map((line) => (
          <TableLine
            key={line.orderItemId}
            what={line.title}
            amounts={[
              money(line.priceAmount),
              line.discountAmount > 0 ? money(-line.discountAmount) : "–",
              money(line.netAmount),
              money(taxOf(line)),
            ]}
          />
        ))}
      </View>
      <View style={styles.sums} wrap={false}>
        <Sum name="Subtotal">{money(data.subtotalAmount)}</Sum>
        {data.discountAmount > 0 ? (
          <Sum name={data.couponCode ? `Discount ${data.couponCode}` : "Discount"}>
            {money(-data.discountAmount)}
          </Sum>
        ) : null}
        <Sum name="Tax">{money(data.taxAmount)}</Sum>
        <View style={styles.total}>
          <Text>Total</Text>
          <Text>{money(data.totalAmount)}</Text>
        </View>
      </View>
    </>
  );
}

function CreditBody({
  document: { data },
  minus,
}: {
  readonly document: Extract<IssuedDocument, { kind: "credit_note" }>;
  readonly minus: PaperLook["minus"];
}) {
  const credited = (amount: number) => formatMoney(minus(amount), data.currency);
  return (
    <>
      <View style={styles.table}>
        <TableHead names={["Net", "Tax", "Total"]} />
        {data.lines.map((line) => (
          <TableLine
            key={line.orderItemId}
            what={line.title}
            amounts={[line.netAmount, taxOf(line), line.netAmount + taxOf(line)].map(credited)}
          />
        ))}
      </View>
      <View style={styles.sums} wrap={false}>
        <Sum name="Net">{credited(data.netAmount)}</Sum>
        <Sum name="Tax">{credited(data.taxAmount)}</Sum>
        <View style={styles.total}>
          <Text>Total credited</Text>
          <Text>{credited(data.totalAmount)}</Text>
        </View>
      </View>
    </>
  );
}

function TableHead({ names }: { readonly names: readonly string[] }) {
  return (
    <View style={styles.tableHead} fixed>
      <Text style={styles.what}>Course, one seat each</Text>
      {names.map((name) => (
        <Text key={name} style={styles.amount}>
          {name}
        </Text>
      ))}
    </View>
  );
}

function TableLine({ what, amounts }: { readonly what: string; readonly amounts: readonly string[] }) {
  return (
    <View style={styles.line} wrap={what.length > 400}>
      <Text style={styles.what}>{what}</Text>
      {amounts.map((amount, column) => (
        <Text key={`${column}`} style={styles.amount}>
          {amount}
        </Text>
      ))}
    </View>
  );
}

function Sum({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <View style={styles.sum}>
      <Text>{name}</Text>
      <Text>{children}</Text>
    </View>
  );
}

type RatesProps = {
  readonly rates: readonly TaxRateLine[];
  readonly currency: string;
  readonly sign: 1 | -1;
};

function Rates({ rates, currency, sign }: RatesProps) {
  const money = (amount: number) => formatMoney(amount === 0 ? 0 : sign * amount, currency);
  return (
    <View style={styles.rates} wrap={rates.length > 12}>
      <View style={styles.tableHead}>
        <Text style={styles.what}>Tax by rate</Text>
        <Text style={styles.amount}>Net</Text>
        <Text style={styles.amount}>Tax</Text>
      </View>
      {rates.map((rate) => (
        <TableLine
          key={describeRate(rate)}
          what={describeRate(rate)}
          amounts={[money(rate.netAmount), money(rate.taxAmount)]}
        />
      ))}
    </View>
  );
}

function Notes({ document }: { readonly document: IssuedDocument }) {
  const { data } = document;
  return (
    <View style={styles.notes} wrap={false}>
      {data.taxNote ? <Text>{data.taxNote}</Text> : null}
      {document.kind === "invoice" ? (
        <>
          <Text>Paid in full on {formatDay(document.data.payment.paidAt)}. Nothing is left to pay.</Text>
          {document.data.payment.reference ? (
            <Text style={{ color: MUTED }}>Payment reference {document.data.payment.reference}</Text>
          ) : null}
        </>
      ) : (
        <Text>
          {document.data.reason === "refund"
            ? "The amount was returned to the way the order was paid."
            : "The invoice is replaced by a corrected one. No money is returned."}
        </Text>
      )}
    </View>
  );
}

function Foot({ document: { data, number }, onePage }: Omit<PaperProps, "look">) {
  const { name, address, vatId } = data.seller;
  return (
    <View style={[styles.foot, { top: FOOT_TOP[data.paper] }]} fixed>
      <Text>{[name, ...address, vatId && `VAT ID ${vatId}`].filter(Boolean).join(", ")}</Text>
      {onePage ? (
        <Text>{number}, page 1 of 1</Text>
      ) : (
        <Text render={({ pageNumber, totalPages }) => `${number}, page ${pageNumber} of ${totalPages}`} />
      )}
    </View>
  );
}
