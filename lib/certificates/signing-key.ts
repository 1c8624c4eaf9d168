import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { fromBase58, toBase58 } from "./base58";

export type SigningKey = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public half as a multikey: `z6Mk…`. */
  readonly multikey: string;
};

/** What stands before the 32 bytes in PKCS #8 and SPKI. Source: RFC 8410. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
/** Multicodec `ed25519-pub`. */
const MULTICODEC = Buffer.from([0xed, 0x01]);

/** The Ed25519 key pair of a secret of 32 bytes in base64url. Throws on anything else. */
export function readSigningKey(secret: string): SigningKey {
  const seed = Buffer.from(secret, "base64url");
  if (seed.length !== 32) throw new Error("a signing key has 32 bytes");
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(SPKI.length);
  return { privateKey, publicKey, multikey: `z${toBase58(Buffer.concat([MULTICODEC, raw]))}` };
}

/** The public key that a multikey names; null for another kind of key, or none. */
export function readMultikey(multikey: string): KeyObject | null {
  const bytes = multikey.startsWith("z") ? fromBase58(multikey.slice(1)) : null;
  if (bytes?.length !== 34 || !MULTICODEC.equals(bytes.subarray(0, 2))) return null;
  return createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(2)]), format: "der", type: "spki" });
}
