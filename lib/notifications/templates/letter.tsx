import type { ReactNode } from "react";
import { Container, Head, Heading, Hr, Html, Link, Preview, Text } from "react-email";

/** What every letter says about its sender. */
export type Shop = {
  readonly name: string;
  readonly url: string;
  readonly address: string | undefined;
  /** Where the reader ends mails of this group, and what they are about; null for those that are always sent. */
  readonly unsubscribe: { readonly page: string; readonly about: string } | null;
};

const serif = "'Source Serif 4', Charter, Georgia, serif";
const sans = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** A name without a space must not make the page wider than the phone. */
const wrapping = { overflowWrap: "anywhere", wordBreak: "break-word" } as const;

/** Mail programs need styles on each element; the colours of the dark side stand once in the head. */
export const styles = {
  body: { margin: 0, padding: "32px 0 40px", backgroundColor: "#faf7f0", color: "#211e18", fontFamily: sans },
  page: { maxWidth: "560px", margin: "0 auto", padding: "0 20px" },
  brand: { fontFamily: serif, fontSize: "20px", fontWeight: 600, color: "#1d5942", textDecoration: "none" },
  heading: {
    fontFamily: serif,
    fontSize: "28px",
    lineHeight: "34px",
    fontWeight: 600,
    margin: "24px 0 12px",
    ...wrapping,
  },
  text: { fontSize: "16px", lineHeight: "25px", margin: "0 0 16px", ...wrapping },
  small: { fontSize: "13px", lineHeight: "20px", margin: "0 0 8px", color: "#6b6558", ...wrapping },
  quote: {
    fontSize: "16px",
    lineHeight: "25px",
    margin: "0 0 16px",
    padding: "2px 0 2px 16px",
    borderLeft: "3px solid #e4dcca",
    whiteSpace: "pre-line",
    ...wrapping,
  },
  rule: { border: "none", borderTop: "1px solid #e4dcca", margin: "28px 0 16px" },
  footLink: { color: "#6b6558", textDecoration: "underline" },
  link: { color: "#1d5942", textDecoration: "underline" },
  cell: {
    borderTop: "1px solid #e4dcca",
    fontSize: "15px",
    lineHeight: "23px",
    padding: "8px 0",
    verticalAlign: "top",
    ...wrapping,
  },
  amount: {
    borderTop: "1px solid #e4dcca",
    fontSize: "15px",
    lineHeight: "23px",
    padding: "8px 0 8px 16px",
    textAlign: "right",
    whiteSpace: "nowrap",
    verticalAlign: "top",
  },
  button: {
    display: "inline-block",
    padding: "12px 20px",
    borderRadius: "6px",
    backgroundColor: "#1d5942",
    color: "#ffffff",
    fontSize: "16px",
    fontWeight: 600,
    textDecoration: "none",
  },
} as const;

/** Programs that repaint by themselves are told not to; the others get the site's own dark paper. */
const darkSide = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper { background-color: #191712 !important; color: #ece6d9 !important; }
    .ink { color: #ece6d9 !important; }
    .muted { color: #a79f8e !important; }
    .green { color: #8cc4a6 !important; }
    .quote { border-left-color: #38342a !important; }
    .rule { border-top-color: #38342a !important; }
    .press { background-color: #8cc4a6 !important; color: #14231c !important; }
  }
`;

type LetterProps = {
  readonly shop: Shop;
  /** The line that inboxes show after the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly children: ReactNode;
};

/** The paper of every letter: name of the shop, heading, words, sender. No picture is fetched from anywhere. */
export function LetterPaper({ shop, preview, heading, children }: LetterProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkSide}</style>
      </Head>
      <Preview>{preview}</Preview>
      <body className="paper" style={styles.body}>
        <Container className="paper" style={styles.page}>
          <Link href={shop.url} className="green" style={styles.brand}>
            {shop.name}
          </Link>
          <Heading as="h1" className="ink" style={styles.heading}>
            {heading}
          </Heading>
          {children}
          <Hr className="rule" style={styles.rule} />
          <Text className="muted" style={styles.small}>
            {shop.address ? `${shop.name}, ${shop.address}` : shop.name}. You get this e-mail because of
            something done here with this address; it is not advertising.
          </Text>
          {shop.unsubscribe ? (
            <Text className="muted" style={styles.small}>
              <Link href={shop.unsubscribe.page} className="muted" style={styles.footLink}>
                No more mails about {shop.unsubscribe.about}
              </Link>
            </Text>
          ) : null}
        </Container>
      </body>
    </Html>
  );
}

export function Paragraph({ children }: { readonly children: ReactNode }) {
  return (
    <Text className="ink" style={styles.text}>
      {children}
    </Text>
  );
}

/** Somebody's own words, with their line breaks. */
export function Quote({ children }: { readonly children: string }) {
  return (
    <Text className="ink quote" style={styles.quote}>
      {children}
    </Text>
  );
}

export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="green" style={styles.link}>
      {children}
    </Link>
  );
}

export function PressLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Text style={styles.text}>
      <Link href={href} className="press" style={styles.button}>
        {children}
      </Link>
    </Text>
  );
}

/** Label left, amount right. */
export function AmountTable({ rows }: { readonly rows: readonly AmountRow[] }) {
  return (
    <table
      className="amounts"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: "collapse", marginBottom: "20px" }}
    >
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td className="ink rule" style={row.strong ? { ...styles.cell, fontWeight: 700 } : styles.cell}>
              {row.label}
            </td>
            <td
              className="ink rule"
              style={row.strong ? { ...styles.amount, fontWeight: 700 } : styles.amount}
            >
              {row.amount}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export type AmountRow = {
  readonly key: string;
  readonly label: ReactNode;
  readonly amount: string;
  readonly strong?: boolean;
};
