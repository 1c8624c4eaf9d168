/** Adapter: limits guessing of codes per visitor, per address and over the whole shop. */
import "server-only";
import type { CartOwner } from "@/lib/cart/schema";
import { readClientAddress } from "@/lib/identity/request-address";
import { forgive, type Throttled, throttle } from "@/lib/identity/throttle";

/**
 * Counts one try; call `forgiveGuess` when the code turned out to exist. From the narrowest limit to the widest, so that a
 * visitor who is blocked does not use up what everybody shares.
 */
export async function countGuess(owner: CartOwner | null): Promise<Throttled> {
  const address = await readClientAddress();
  const visitor = await throttle("couponVisitor", visitorKey(owner, address));
  if (!visitor.ok) return visitor;
  const sameAddress = await throttle("couponAddress", address);
  if (!sameAddress.ok) return sameAddress;
  return throttle("couponEverywhere", "all");
}

export async function forgiveGuess(owner: CartOwner | null): Promise<void> {
  const address = await readClientAddress();
  await Promise.all([
    forgive("couponVisitor", visitorKey(owner, address)),
    forgive("couponAddress", address),
    forgive("couponEverywhere", "all"),
  ]);
}

function visitorKey(owner: CartOwner | null, address: string): string {
  if (!owner) return `address ${address}`;
  return owner.kind === "learner" ? `user ${owner.userId}` : `cart ${owner.token}`;
}
