/** Adapter: @react-pdf/renderer. How the paper looks in every version; documents were issued on it, so it is never changed either. */
import "server-only";
import { StyleSheet } from "@react-pdf/renderer";
import { DOCUMENT_FONT } from "./fonts";

const INK = "#211e18";
export const MUTED = "#6b6558";
const HAIRLINE = "#d8cfbd";
const GREEN = "#1d5942";

/** Measured from above: what counts pages loses its place when it hangs from the bottom edge. In points. */
export const FOOT_TOP = { a4: 778, letter: 728 } as const;

export const FEATURES = { calt: 0, ccmp: 0, tnum: 1 } as const;

export const styles = StyleSheet.create({
  page: {
    fontFamily: DOCUMENT_FONT,
    fontFeatureSettings: FEATURES,
    fontSize: 9.5,
    lineHeight: 1.45,
    color: INK,
    padding: 48,
    paddingBottom: 84,
  },
  head: { flexDirection: "row", justifyContent: "space-between", marginBottom: 28, gap: 24 },
  shop: { fontSize: 15, fontWeight: 600, color: GREEN, flex: 1 },
  named: { alignItems: "flex-end" },
  kind: { fontSize: 20, fontWeight: 600, lineHeight: 1.2, textAlign: "right" },
  number: { fontSize: 11, fontFeatureSettings: { calt: 0, ccmp: 0 }, textAlign: "right", color: MUTED },
  test: {
    borderWidth: 0.75,
    borderColor: "#9a5b00",
    color: "#7a4800",
    padding: 6,
    marginBottom: 20,
    textAlign: "center",
  },
  row: { flexDirection: "row", gap: 28 },
  column: { flex: 1 },
  label: { fontSize: 8, color: MUTED, marginBottom: 2 },
  facts: {
    flexDirection: "row",
    flexWrap: "wrap",
    marginTop: 22,
    borderTopWidth: 0.75,
    borderTopColor: HAIRLINE,
    paddingTop: 10,
  },
  fact: { width: "22%", paddingRight: 10, marginBottom: 6 },
  table: { marginTop: 16 },
  line: {
    flexDirection: "row",
    borderBottomWidth: 0.75,
    borderBottomColor: HAIRLINE,
    paddingVertical: 6,
    gap: 8,
  },
  tableHead: {
    flexDirection: "row",
    borderBottomWidth: 1,
    borderBottomColor: INK,
    paddingBottom: 4,
    gap: 8,
    fontSize: 8,
    color: MUTED,
  },
  what: { flex: 1 },
  amount: { width: 70, textAlign: "right" },
  sums: { marginTop: 12, marginLeft: "auto", width: 250 },
  sum: { flexDirection: "row", justifyContent: "space-between", paddingVertical: 2, gap: 12 },
  total: {
    flexDirection: "row",
    justifyContent: "space-between",
    borderTopWidth: 1,
    borderTopColor: INK,
    marginTop: 4,
    paddingTop: 5,
    fontSize: 12,
    fontWeight: 600,
  },
  rates: { marginTop: 20 },
  notes: { marginTop: 20, gap: 4 },
  foot: {
    position: "absolute",
    left: 48,
    right: 48,
    borderTopWidth: 0.75,
    borderTopColor: HAIRLINE,
    paddingTop: 6,
    flexDirection: "row",
    justifyContent: "space-between",
    gap: 20,
    fontSize: 8,
    color: MUTED,
  },
});
