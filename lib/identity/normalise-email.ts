/** Letters, digits and the marks that RFC 5321 allows unquoted; no dot at either end or twice in a row. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling under which an address is stored and looked up, or null when it is not exactly one plain address.
 * NFKC folds look-alike forms (full-width letters, `＠`), case does not count, an international domain becomes its ASCII
 * form. Quoted local parts, comments, lists, display names and literal addresses are refused. Lengths: RFC 5321, 4.5.3.1.
 */
export function normaliseEmail(typed: string): string | null {
  if (typed.length > 1_000) return null;
  const [local, domain, ...more] = typed.normalize("NFKC").trim().toLowerCase().split("@");
  if (local === undefined || domain === undefined || more.length > 0) return null;
  const ascii = asciiDomain(domain);
  if (ascii === null || local.length > 64 || !LOCAL_PART.test(local)) return null;
  const address = `${local}@${ascii}`;
  return address.length <= 254 ? address : null;
}

/** `bücher.example` → `xn--bcher-kva.example`; null for anything that is no host name with at least two labels. */
function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const labels = new URL(`http://${domain}`).hostname.split(".");
  const isHostName =
    labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
  return isHostName ? labels.join(".") : null;
}
