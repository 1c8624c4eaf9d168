import { getIssuerProfile } from "@/lib/certificates/queries";

export const dynamic = "force-dynamic";

/** Who signs certificates, and with which public keys. */
export function GET(): Response {
  return Response.json(getIssuerProfile());
}
