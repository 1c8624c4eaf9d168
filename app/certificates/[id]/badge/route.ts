import { findCertificate } from "@/lib/certificates/queries";

/** The signed Open Badges 3.0 credential, as wallets and verifiers take it. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/certificates/[id]/badge">,
): Promise<Response> {
  const certificate = await findCertificate((await params).id);
  if (!certificate) return new Response("There is no such certificate.\n", { status: 404 });
  if (certificate.revoked) return new Response("This certificate is not valid any more.\n", { status: 410 });
  return new Response(`${JSON.stringify(certificate.credential, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/vc+ld+json; charset=utf-8",
      "Content-Disposition": `attachment; filename="open-badge-${certificate.publicId}.json"`,
    },
  });
}
