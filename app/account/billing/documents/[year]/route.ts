import { z } from "zod";
import { fileResponse } from "@/lib/documents/file-response";
import { listOwnDocuments } from "@/lib/documents/queries";
import { zipDocuments } from "@/lib/documents/zip-documents";
import { requireViewer } from "@/lib/identity/session";

const yearOf = z.coerce.number().int().min(2000).max(2999);
type Context = RouteContext<"/account/billing/documents/[year]">;

/** All invoices and credit notes of a year in one file, streamed. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const year = yearOf.safeParse((await params).year);
  if (!year.success) return new Response("Not found", { status: 404 });
  const viewer = await requireViewer("/account/billing");
  const documents = await listOwnDocuments(viewer.userId, year.data);
  if (documents.length === 0) return new Response("Not found", { status: 404 });
  const zip = zipDocuments(viewer.userId, documents);
  return fileResponse(zip as ReadableStream, `documents-${year.data}.zip`, "application/zip");
}
