/** Adapter: @react-pdf/renderer prints a certificate on one landscape A4 page. */
import "server-only";
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
import { breakWord, fontFile, loadLetters } from "@/lib/documents/fonts";
import { loadScriptFonts, splitVowels } from "@/lib/documents/script-fonts";
import { formatDay } from "@/lib/format-day";
import type { Certificate } from "./queries";

const INK = "#211e18";
const MUTED = "#6b6558";
const GREEN = "#1d5942";
const TITLE = "Certificate title";
const TEXT = "Certificate text";

let loading: Promise<ReadonlySet<number>> | undefined;

/** Embedded: Latin, Greek and Cyrillic. Once per process; answers the code points that names and titles have a sign for. */
async function loadFonts(): Promise<ReadonlySet<number>> {
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
  Font.registerHyphenationCallback(breakWord);
  const [title] = await Promise.all([
    loadLetters({ fontFamily: TITLE, fontWeight: 600 }),
    loadLetters({ fontFamily: TEXT, fontWeight: 400 }),
    loadLetters({ fontFamily: TEXT, fontWeight: 600 }),
  ]);
  return title;
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

/**
 * Some 30 ms once warm. `address` is where the code leads. A name in a script that there are no letters for stands
 * there in full, and the sheet says so: it never shows part of a name, or boxes in its place.
 */
export async function renderCertificate(certificate: Certificate): Promise<Buffer> {
  loading ??= loadFonts();
  const covered = await loading;
  const isCovered = (letter: string) => covered.has(letter.codePointAt(0) ?? 0);
  const { holderName, courseTitle, courseSummary, issuerName } = certificate;
  const large = await loadScriptFonts(`${holderName}${courseTitle}${issuerName}`, "semibold", isCovered);
  const small = await loadScriptFonts(courseSummary, "regular", isCovered);
  return renderToBuffer(
    <Sheet
      certificate={certificate}
      name={printed(holderName, large.isCovered) ?? "The learner named at the address below"}
      title={printed(courseTitle, large.isCovered) ?? "The course named at the address below"}
      titleFonts={[TITLE, ...large.families]}
      textFonts={[TEXT, ...small.families]}
    />,
  );
}

/** Long names and titles get smaller letters, so that the sheet stays one page. */
const sizeFor = (text: string, largest: number) =>
  Math.max(14, largest - Math.max(0, text.length - 28) * 0.35);

type SheetProps = {
  readonly certificate: Certificate;
  readonly name: string;
  readonly title: string;
  readonly titleFonts: string[];
  readonly textFonts: string[];
};

function Sheet({ certificate, name, title, titleFonts, textFonts }: SheetProps) {
  const large = { fontFamily: titleFonts };
  const { holderName, courseTitle, issuerName, address, publicId, keyName } = certificate;
  return (
    <Document
      title={`${oneLine(holderName)}, ${oneLine(courseTitle)}`}
      author={issuerName}
      subject="Certificate of completion"
      language="en"
      producer="Lectern"
      creationDate={certificate.issuedAt}
      modificationDate={certificate.issuedAt}
    >
      <Page size="A4" orientation="landscape" style={[styles.page, { fontFamily: textFonts }]}>
        <View style={styles.frame}>
          <View>
            <Text style={[styles.issuer, large]}>{issuerName}</Text>
            <Text style={styles.kind}>Certificate of completion</Text>
            <Text style={[styles.title, large, { marginTop: 12, fontSize: sizeFor(name, 38) }]}>{name}</Text>
            <Text style={styles.between}>has completed the course</Text>
            <Text style={[styles.title, large, { fontSize: sizeFor(title, 24) }]}>{title}</Text>
            <Text style={styles.summary}>{splitVowels(certificate.courseSummary.slice(0, 300))}</Text>
          </View>
          <View style={styles.foot}>
            <View style={styles.facts}>
              <Text>
                Completed <Text style={styles.fact}>{formatDay(certificate.completedAt)}</Text>, version{" "}
                {certificate.courseVersion} of the course. {certificate.criteria}
              </Text>
              <Text style={{ marginTop: 6 }}>
                Issued {formatDay(certificate.issuedAt)}. Number {publicId.replace(/(.{5})(?=.)/g, "$1-")}.
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

/** A name is one line whatever it holds, and nothing in it is unseen. */
const oneLine = (text: string) =>
  text
    .normalize("NFC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .trim();

/** Words in the letters that there are; null when one is missing. A sign that is no letter, like an emoji, is left out. */
function printed(text: string, isCovered: (letter: string) => boolean): string | null {
  const signs = [...oneLine(text)];
  if (signs.some((sign) => !isCovered(sign) && /[\p{L}\p{M}\p{N}]/u.test(sign))) return null;
  return splitVowels(oneLine(signs.filter(isCovered).join("")));
}
