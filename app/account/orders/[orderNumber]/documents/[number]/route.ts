import { fileResponse } from "@/lib/documents/file-response";
import { findDocument } from "@/lib/documents/queries";
import { renderDocument } from "@/lib/documents/render-document";
import { documentNumber } from "@/lib/documents/schema";
import { requireViewer } from "@/lib/identity/session";
import { orderNumber } from "@/lib/orders/schema";

type Context = RouteContext<"/account/orders/[orderNumber]/documents/[number]">;

/** An invoice or credit note as a PDF, for the order's buyer and for staff with their second factor. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const asked = await params;
  const order = orderNumber.safeParse(asked.orderNumber);
  const number = documentNumber.safeParse(asked.number);
  if (!order.success || !number.success) return new Response("Not found", { status: 404 });
  const viewer = await requireViewer(`/account/orders/${order.data}`);
  const document = await findDocument(viewer.userId, order.data, number.data, viewer.secondFactor);
  if (!document) return new Response("Not found", { status: 404 });
  return fileResponse(await renderDocument(document), `${document.number}.pdf`, "application/pdf");
}
