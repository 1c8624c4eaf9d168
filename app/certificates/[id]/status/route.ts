import { findCertificate } from "@/lib/certificates/queries";
import { REVOCATIONS } from "@/lib/certificates/schema";

/** Whether a credential still holds: a revocation list that knows this one only. Source: 1EdTech, Open Badges 3.0. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/certificates/[id]/status">,
): Promise<Response> {
  const certificate = await findCertificate((await params).id);
  if (!certificate) return Response.json({ error: "not_found" }, { status: 404 });
  const { address, credential, revoked } = certificate;
  const list = {
    id: `${address}/status`,
    issuer: credential.issuer.id,
    revokedCredential: revoked
      ? [{ id: address, revoked: true, revocationReason: REVOCATIONS[revoked.reason] }]
      : [],
  };
  return Response.json(list);
}
