import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { POST as receiveWebhook } from "@/app/api/stripe/webhook/route";
import { courseModules, courses, lessons } from "@/db/schema/catalog";
import { coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import type { CourseId, OrderId, UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { type StripeSandboxOptions, startStripeSandbox } from "../../sandbox/stripe/start";
import { createTestDatabase } from "./database";

const WEBHOOK_SECRET = "whsec_of_the_test_shop";

/**
 * The shop without its pages: a fresh Postgres, the Stripe sandbox over HTTP, and the real webhook route that it
 * delivers to. `factories` make what a test needs; `stripe` steers the sandbox.
 */
export async function startTestShop(
  options: Pick<StripeSandboxOptions, "delays" | "retryDelays" | "intercept"> = {},
) {
  const database = await createTestDatabase();
  const webhook = await listen();
  const sandbox = await startStripeSandbox({
    webhooks: [{ url: `${webhook.url}/api/stripe/webhook`, secret: WEBHOOK_SECRET }],
    retryDelays: [50, 100, 200, 400],
    checkAnswers: true,
    ...options,
  });
  process.env.STRIPE_API_BASE = sandbox.url;
  process.env.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET;

  const control = async (path: string, body: object = {}, method = "POST") => {
    const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
      method,
      ...(method === "GET"
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };

  return {
    ...database,
    sandboxUrl: sandbox.url,
    webhookUrl: `${webhook.url}/api/stripe/webhook`,
    webhookSecret: WEBHOOK_SECRET,
    stripe: {
      control,
      pay: (sessionId: string, how: { card?: string; debit?: string; challenge?: string } = {}) =>
        control(`/sessions/${sessionId}/pay`, how) as Promise<{
          outcome: string;
          payment_intent: string | null;
        }>,
      expire: (sessionId: string) => control(`/sessions/${sessionId}/expire`),
      fault: (fault: object) => control("/faults", fault),
      deliveryFault: (fault: object) => control("/delivery-faults", fault),
      /** Until every delivery that is due has been answered; retries that wait for later are not waited for. */
      idle: () => control("/deliveries/idle"),
      calls: async (path: string) => {
        const { requests } = (await control("/requests", {}, "GET")) as {
          requests: { method: string; path: string }[];
        };
        return requests.filter((request) => request.method === "POST" && request.path === path).length;
      },
    },
    factories: factories(database.db),
    close: async () => {
      await sandbox.close();
      if (sandbox.nonconforming.length > 0)
        throw new Error(`The sandbox is not like Stripe: ${sandbox.nonconforming.join("\n")}`);
      webhook.server.closeAllConnections();
      await new Promise((resolve) => webhook.server.close(resolve));
      await database.close();
    },
  };
}

type Database = Awaited<ReturnType<typeof createTestDatabase>>["db"];

function factories(db: Database) {
  const word = () => randomBytes(5).toString("hex");
  return {
    async learner(name = "Learner"): Promise<UserId> {
      const [user] = await db
        .insert(users)
        .values({ email: `${word()}@example.test`, name, passwordHash: "none" })
        .returning({ id: users.id });
      if (!user) throw new Error("no user");
      return user.id;
    },
    async course(
      changes: Partial<typeof courses.$inferInsert> = {},
    ): Promise<{ id: CourseId; slug: string; title: string; priceAmount: number }> {
      const slug = `course-${word()}`;
      const [course] = await db
        .insert(courses)
        .values({
          slug,
          title: `Course ${slug}`,
          courseType: "python",
          level: "beginner",
          summary: "A course.",
          description: "A course.",
          outcomes: [],
          audience: "Everybody.",
          prerequisites: "None.",
          priceAmount: minor(4900),
          currency: "usd",
          status: "published",
          contentHash: "none",
          ...changes,
        })
        .returning();
      if (!course) throw new Error("no course");
      const [module] = await db
        .insert(courseModules)
        .values({ courseId: course.id, slug: "one", title: "One", position: 1 })
        .returning();
      if (!module) throw new Error("no module");
      await db.insert(lessons).values({
        courseId: course.id,
        moduleId: module.id,
        slug: "first",
        title: "First",
        summary: "The first lesson.",
        body: "Words.",
        minutes: 10,
        position: 1,
      });
      return course;
    },
    async coupon(changes: Partial<typeof coupons.$inferInsert> = {}): Promise<typeof coupons.$inferSelect> {
      const [coupon] = await db
        .insert(coupons)
        .values({
          code: `C${word().toUpperCase()}`,
          discountType: "percentage",
          discountValue: 10,
          ...changes,
        })
        .returning();
      if (!coupon) throw new Error("no coupon");
      return coupon;
    },
    async order(orderNumber: string): Promise<typeof orders.$inferSelect> {
      const [order] = await db.select().from(orders).where(eq(orders.orderNumber, orderNumber));
      if (!order) throw new Error(`no order ${orderNumber}`);
      return order;
    },
    async orderById(id: OrderId): Promise<typeof orders.$inferSelect> {
      const [order] = await db.select().from(orders).where(eq(orders.id, id));
      if (!order) throw new Error(`no order ${id}`);
      return order;
    },
  };
}

/** Hands HTTP requests to the webhook route as Next would. */
async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = Object.entries(incoming.headers).map(
      ([name, value]) => [name, String(value)] as [string, string],
    );
    const request = new Request("http://localhost/api/stripe/webhook", {
      method: "POST",
      headers,
      body: Buffer.concat(chunks),
    });
    const response = await receiveWebhook(request);
    outgoing.writeHead(response.status, { "content-type": "application/json" }).end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
