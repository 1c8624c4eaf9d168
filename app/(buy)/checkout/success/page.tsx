import { Check, Clock } from "lucide-react";
import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { OrderReceipt } from "@/components/cart/order-receipt";
import { RefreshWhileWaiting } from "@/components/cart/refresh-while-waiting";
import { Container } from "@/components/layout/page";
import { SyncViewer } from "@/components/layout/sync-viewer";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { requireViewer, type Viewer } from "@/lib/identity/session";
import { isPaid, type OrderStatus } from "@/lib/orders/order-status";
import { findOrder, type OrderDetails } from "@/lib/orders/queries";
import { orderNumber } from "@/lib/orders/schema";

export const metadata: Metadata = { title: "Thank you" };

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function SuccessPage({ searchParams }: PageProps<"/checkout/success">) {
  const params = await searchParams;
  const query = new URLSearchParams({
    ...(first(params.session_id) ? { session_id: first(params.session_id) } : {}),
    ...(first(params.order) ? { order: first(params.order) } : {}),
  } as Record<string, string>);
  const viewer = await requireViewer(`/checkout/success?${query}`);
  const order = await findBought(viewer, query);
  if (order && !mayThank(order.status)) redirect(`/account/orders/${order.orderNumber}` as Route);
  return (
    <Container width="narrow" className="py-10 lg:py-16">
      {order ? <Bought order={order} viewer={viewer} /> : <NotFound />}
    </Container>
  );
}

/** An order that failed, ran out or went back is told of on its own page. */
const mayThank = (status: OrderStatus) =>
  status === "completed" || status === "processing" || status === "pending";

/** The viewer's order of this session, fulfilled here when the webhook has not been yet; anybody else's is not found. */
async function findBought(viewer: Viewer, query: URLSearchParams): Promise<OrderDetails | null> {
  const sessionId = query.get("session_id");
  const confirmed = sessionId ? await confirmCheckout(viewer.userId, sessionId) : null;
  const named = orderNumber.safeParse(confirmed?.orderNumber ?? query.get("order"));
  return named.success ? findOrder(viewer.userId, named.data) : null;
}

function Bought({ order, viewer }: { readonly order: OrderDetails; readonly viewer: Viewer }) {
  const paid = isPaid(order.status);
  const firstCourse = order.items.find((item) => item.hasAccess);
  return (
    <>
      <SyncViewer seen={`${order.orderNumber} ${order.status}`} />
      <span className="grid size-12 place-items-center rounded-full bg-accent text-accent-ink [&_svg]:size-6">
        {paid ? <Check /> : <Clock />}
      </span>
      <h1 className="mt-5 text-4xl font-display tracking-display">{headline(order, paid)}</h1>
      <p className="mt-3 text-lg text-ink-soft" role="status">
        {paid ? paidSentence(order, viewer) : waitingSentence(order)}
      </p>
      {paid ? null : <RefreshWhileWaiting />}
      <div className="mt-6 mb-10 flex flex-wrap gap-3">
        {firstCourse ? (
          <ButtonLink href={`/learn/${firstCourse.slug}`} variant="primary" size="large">
            Start learning
          </ButtonLink>
        ) : null}
        <ButtonLink href={`/account/orders/${order.orderNumber}`} size="large">
          See the order
        </ButtonLink>
      </div>
      <OrderReceipt order={order} />
      <p className="mt-6 text-center text-sm text-ink-muted">You can reload or bookmark this page.</p>
    </>
  );
}

function headline(order: OrderDetails, paid: boolean): string {
  if (!paid) return "Thank you. Your payment is on its way.";
  const own = order.items.filter((item) => !item.isGift).length;
  const gifts = order.items.length - own;
  if (own === 0) return gifts === 1 ? "Your gift is ready." : "Your gifts are ready.";
  return own === 1 ? "The course is yours." : "The courses are yours.";
}

function paidSentence(order: OrderDetails, viewer: Viewer): string {
  const what = order.totalAmount === 0 ? "Nothing was charged." : "Payment received.";
  const given = order.items.some((item) => item.isGift)
    ? " The order’s page tells when your gift goes out and when it was accepted."
    : "";
  return `${what} A confirmation is on its way to ${viewer.email}.${given}`;
}

function waitingSentence(order: OrderDetails): string {
  return order.status === "processing"
    ? "Your bank takes a moment longer. The courses open automatically as soon as it has paid, and we write to you then."
    : "We are waiting for the payment to be confirmed. This page updates itself; you need not pay again.";
}

function NotFound() {
  return (
    <Panel dashed>
      <EmptyState
        level="h1"
        title="There is no such order in your account"
        action={
          <ButtonLink href="/account/orders" variant="primary">
            See my orders
          </ButtonLink>
        }
      >
        If you paid while signed in with another address, sign in with that one.
      </EmptyState>
    </Panel>
  );
}
