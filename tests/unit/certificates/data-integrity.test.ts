import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/catalog/catalog-rows";
import { fromBase58, toBase58 } from "@/lib/certificates/base58";
import { composeCredential } from "@/lib/certificates/compose-credential";
import { addProof, isGenuine } from "@/lib/certificates/data-integrity";
import { credentialSchema } from "@/lib/certificates/schema";
import { readMultikey, readSigningKey } from "@/lib/certificates/signing-key";

/** The published example of the cryptosuite. Source: W3C, Data Integrity EdDSA Cryptosuites 1.0, appendix B.3. */
const EXAMPLE = {
  secretKeyMultibase: "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
  multikey: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
  hash: "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
  proofValue: "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
  document: {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    type: ["VerifiableCredential", "AlumniCredential"],
    name: "Alumni Credential",
    description: "A minimum viable example of an Alumni Credential.",
    issuer: "https://vc.example/issuers/5678",
    validFrom: "2023-01-01T00:00:00Z",
    credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples" },
  },
};
const exampleSecret = () => {
  const bytes = fromBase58(EXAMPLE.secretKeyMultibase.slice(1));
  return Buffer.from(bytes?.subarray(2) ?? []).toString("base64url");
};

describe("The published example", () => {
  const key = readSigningKey(exampleSecret());

  test("has the published key, hash and signature", () => {
    expect(key.multikey).toBe(EXAMPLE.multikey);
    expect(createHash("sha256").update(canonicalJson(EXAMPLE.document)).digest("hex")).toBe(EXAMPLE.hash);
    const verificationMethod = `did:key:${EXAMPLE.multikey}#${EXAMPLE.multikey}`;
    const signed = addProof(
      EXAMPLE.document,
      { privateKey: key.privateKey, verificationMethod },
      "2023-02-24T23:36:38Z",
    );
    expect(signed.proof.proofValue).toBe(EXAMPLE.proofValue);
  });
});

describe("A certificate", () => {
  const key = readSigningKey(Buffer.alloc(32, 7).toString("base64url"));
  const sign = (holderName = "Mira Vale") =>
    addProof(
      composeCredential(
        {
          publicId: "0123456789ABCDEFGHJKMNPQRS",
          holderName,
          course: { slug: "python", title: "Python", summary: "It begins.", version: 3 },
          lessons: 8,
          exercises: 1,
          completedAt: new Date("2026-11-26T10:00:00.123Z"),
          issuedAt: new Date("2026-11-26T10:00:00.456Z"),
          rule: "All of it.",
        },
        { name: "Lectern", url: "https://school.example" },
      ),
      { privateKey: key.privateKey, verificationMethod: `x#${key.multikey}` },
      "2026-11-26T10:00:00Z",
    );

  test("is a credential of our own shape, and survives the database's order of keys", () => {
    const stored = credentialSchema.parse(JSON.parse(canonicalJson(sign())));
    expect(isGenuine(stored, key.publicKey)).toBe(true);
    expect(stored.credentialSubject.achievement.criteria.narrative).toBe("8 lessons, 1 exercise. All of it.");
    expect(stored.id).toBe("https://school.example/certificates/0123456789ABCDEFGHJKMNPQRS");
  });

  test("is genuine under its own key only, whatever the name", () => {
    const other = readSigningKey(Buffer.alloc(32, 8).toString("base64url"));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const signed = sign(name);
        expect(isGenuine(signed, key.publicKey)).toBe(true);
        expect(isGenuine(signed, other.publicKey)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test("is not genuine once a single field is changed, added or left out", () => {
    const signed = sign();
    const named = { ...signed.credentialSubject, identifier: [{ identityHash: "Someone Else" }] };
    const forged = [
      { ...signed, name: "Another course" },
      { ...signed, credentialSubject: named },
      { ...signed, validFrom: "2020-01-01T00:00:00Z" },
      { ...signed, extra: true },
      { ...signed, id: undefined },
      { ...signed, proof: { ...signed.proof, created: "2020-01-01T00:00:00Z" } },
      { ...signed, proof: { ...signed.proof, proofValue: "z1" } },
      { ...signed, proof: { ...signed.proof, proofValue: "not base58 0OIl" } },
    ];
    for (const credential of forged) expect(isGenuine(credential, key.publicKey)).toBe(false);
  });
});

describe("base58 and multikeys", () => {
  test("come back as they went, leading zeros too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(fromBase58(toBase58(bytes))).toEqual(bytes);
      }),
    );
  });

  test("refuse what is none", () => {
    for (const text of ["", "z", "z6Mk", "u6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "z0OIl"])
      expect(readMultikey(text)).toBeNull();
    expect(() => readSigningKey("short")).toThrow();
  });
});
