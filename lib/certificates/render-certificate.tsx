/** Adapter: @react-pdf/renderer prints a certificate on one landscape A4 page. */
import "server-only";
import { join } from "node:path";
import {
  Document,
  Font,
  Link,
  Page,
  Path,
  Rect,
  renderToBuffer,
  StyleSheet,
  Svg,
  Text,
  View,
} from "@react-pdf/renderer";
import { encode } from "uqr";
import type { Certificate } from "./queries";

const INK = "#211e18";
const MUTED = "#6b6558";
const GREEN = "#1d5942";
const TITLE = "Certificate title";
const TEXT = "Certificate text";

const fontFile = (family: string, prefix: string, weight: string) =>
  join(process.cwd(), "node_modules", "@expo-google-fonts", family, weight, `${prefix}_${weight}.ttf`);

let registered = false;

/** Embedded: Latin, Greek and Cyrillic. Once per process. */
function registerFonts(): void {
  if (registered) return;
  registered = true;
  Font.register({
    family: TITLE,
    fonts: [{ src: fontFile("source-serif-4", "SourceSerif4", "600SemiBold"), fontWeight: 600 }],
  });
  Font.register({
    family: TEXT,
    fonts: [
      { src: fontFile("inter", "Inter", "400Regular"), fontWeight: 400 },
      { src: fontFile("inter", "Inter", "600SemiBold"), fontWeight: 600 },
    ],
  });
}

const styles = StyleSheet.create({
  page: { padding: 28, fontFamily: TEXT, fontSize: 10, color: INK, backgroundColor: "#fffdf8" },
  frame: { flex: 1, borderWidth: 1.5, borderColor: GREEN, padding: 44, justifyContent: "space-between" },
  issuer: { fontFamily: TITLE, fontWeight: 600, fontSize: 16, color: GREEN },
  kind: { marginTop: 30, fontSize: 11, fontWeight: 600, color: GREEN },
  title: { fontFamily: TITLE, fontWeight: 600, lineHeight: 1.2 },
  between: { marginVertical: 10, fontSize: 12, color: MUTED },
  summary: { marginTop: 8, maxWidth: 520, fontSize: 11, lineHeight: 1.45, color: MUTED },
  foot: { flexDirection: "row", justifyContent: "space-between", alignItems: "flex-end", gap: 36 },
  facts: { flex: 1, fontSize: 8.5, lineHeight: 1.5, color: MUTED },
  fact: { color: INK, fontWeight: 600 },
});

/** Some 30 ms once warm. `address` is where the code leads. */
export async function renderCertificate(certificate: Certificate): Promise<Buffer> {
  registerFonts();
  return renderToBuffer(<Sheet certificate={certificate} />);
}

/** Long names and titles get smaller letters, so that the sheet stays one page. */
const sizeFor = (text: string, largest: number) =>
  Math.max(14, largest - Math.max(0, text.length - 28) * 0.35);

function Sheet({ certificate }: { readonly certificate: Certificate }) {
  const { holderName, courseTitle, issuerName, address, publicId, keyName } = certificate;
  const name = oneLine(holderName);
  const title = oneLine(courseTitle);
  return (
    <Document
      title={`${name}, ${title}`}
      author={issuerName}
      subject="Certificate of completion"
      language="en"
      producer="Lectern"
      creationDate={certificate.issuedAt}
      modificationDate={certificate.issuedAt}
    >
      <Page size="A4" orientation="landscape" style={styles.page}>
        <View style={styles.frame}>
          <View>
            <Text style={styles.issuer}>{issuerName}</Text>
            <Text style={styles.kind}>Certificate of completion</Text>
            <Text style={[styles.title, { marginTop: 12, fontSize: sizeFor(name, 38) }]}>{name}</Text>
            <Text style={styles.between}>has completed the course</Text>
            <Text style={[styles.title, { fontSize: sizeFor(title, 24) }]}>{title}</Text>
            <Text style={styles.summary}>{certificate.courseSummary.slice(0, 300)}</Text>
          </View>
          <View style={styles.foot}>
            <View style={styles.facts}>
              <Text>
                Completed <Text style={styles.fact}>{inWords(certificate.completedAt)}</Text>, version{" "}
                {certificate.courseVersion} of the course. {certificate.criteria}
              </Text>
              <Text style={{ marginTop: 6 }}>
                Issued {inWords(certificate.issuedAt)}. Number {publicId.replace(/(.{5})(?=.)/g, "$1-")}.
                Signed with Ed25519 key {keyName}.
              </Text>
              <Text style={{ marginTop: 6 }}>
                Check it at{" "}
                <Link src={address} style={{ color: GREEN }}>
                  {address}
                </Link>
              </Text>
            </View>
            <Code text={address} />
          </View>
        </View>
      </Page>
    </Document>
  );
}

function Code({ text }: { readonly text: string }) {
  const { size, data } = encode(text, { ecc: "M", border: 2 });
  const modules = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return (
    <Svg viewBox={`0 0 ${size} ${size}`} width={92} height={92}>
      <Rect x={0} y={0} width={size} height={size} fill="#ffffff" />
      <Path d={modules.join("")} fill="#000000" />
    </Svg>
  );
}

const inWords = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);

/** A name is one line whatever it holds. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
