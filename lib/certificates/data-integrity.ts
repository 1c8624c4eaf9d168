import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "@/lib/catalog/catalog-rows";
import { fromBase58, toBase58 } from "./base58";

/** A JSON document without a proof. */
export type Unsigned = Readonly<Record<string, unknown>> & { readonly "@context": readonly string[] };

export type Proof = {
  readonly "@context": readonly string[];
  readonly type: "DataIntegrityProof";
  readonly cryptosuite: "eddsa-jcs-2022";
  /** To the second, in UTC. */
  readonly created: string;
  /** Where the public key is found. */
  readonly verificationMethod: string;
  readonly proofPurpose: "assertionMethod";
  readonly proofValue: string;
};

/**
 * Signs a document by the cryptosuite eddsa-jcs-2022: Ed25519 over the hashes of the canonical proof options and the
 * canonical document. Source: W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.3.
 */
export function addProof<D extends Unsigned>(
  document: D,
  key: { readonly privateKey: KeyObject; readonly verificationMethod: string },
  created: string,
): D & { readonly proof: Proof } {
  const options = {
    "@context": document["@context"],
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    created,
    verificationMethod: key.verificationMethod,
    proofPurpose: "assertionMethod",
  } as const;
  const signature = sign(null, hashData(options, document), key.privateKey);
  return { ...document, proof: { ...options, proofValue: `z${toBase58(signature)}` } };
}

/** Whether the document is, to the letter, what the holder of `publicKey` signed. */
export function isGenuine(
  signed: Readonly<Record<string, unknown>> & { readonly proof: Proof },
  publicKey: KeyObject,
): boolean {
  const { proof, ...document } = signed;
  const { proofValue, ...options } = proof;
  const signature = proofValue.startsWith("z") ? fromBase58(proofValue.slice(1)) : null;
  if (signature?.length !== 64) return false;
  return verify(null, hashData(options, document), publicKey, signature);
}

function hashData(options: object, document: object): Buffer {
  const hash = (value: object) => createHash("sha256").update(canonicalJson(value)).digest();
  return Buffer.concat([hash(options), hash(document)]);
}
