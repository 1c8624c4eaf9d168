import { findCertificate } from "@/lib/certificates/queries";
import { renderCertificate } from "@/lib/certificates/render-certificate";

/** The certificate on paper, while it is valid. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/certificates/[id]/pdf">,
): Promise<Response> {
  const certificate = await findCertificate((await params).id);
  if (!certificate) return new Response("There is no such certificate.\n", { status: 404 });
  if (certificate.revoked || !certificate.isGenuine)
    return new Response("This certificate is not valid any more.\n", { status: 410 });
  const pdf = await renderCertificate(certificate);
  return new Response(new Uint8Array(pdf), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="certificate-${certificate.publicId}.pdf"`,
    },
  });
}
