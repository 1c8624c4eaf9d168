import { readDataset } from "@/lib/learning/datasets";

/** The data of SQL exercises as a file for SQLite: made-up rows, open to everybody. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/learn/datasets/[name]">,
): Promise<Response> {
  const { name } = await params;
  const statements = await readDataset(name);
  if (statements === null) return new Response("There is no such data set.\n", { status: 404 });
  return new Response(statements, {
    headers: {
      "Content-Type": "application/sql; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.sql"`,
    },
  });
}
