/** Bitcoin's base58: no 0, O, I or l. Data Integrity proofs and multikeys are written in it, with a leading `z`. */
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export function toBase58(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = "";
  for (; value > 0n; value /= 58n) text = ALPHABET.charAt(Number(value % 58n)) + text;
  return "1".repeat(leading(bytes, (byte) => byte === 0)) + text;
}

/** Null when `text` holds another sign. */
export function fromBase58(text: string): Uint8Array | null {
  let value = 0n;
  for (const sign of text) {
    const digit = ALPHABET.indexOf(sign);
    if (digit === -1) return null;
    value = value * 58n + BigInt(digit);
  }
  const bytes: number[] = [];
  for (; value > 0n; value /= 256n) bytes.unshift(Number(value % 256n));
  const zeros = leading([...text], (sign) => sign === "1");
  return Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes]);
}

function leading<T>(list: Iterable<T>, holds: (one: T) => boolean): number {
  let count = 0;
  for (const one of list) {
    if (!holds(one)) break;
    count += 1;
  }
  return count;
}
