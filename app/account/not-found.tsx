import type { Metadata } from "next";
import { NothingHere } from "@/components/layout/nothing-here";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

/** For an order or document that is not the learner's own, beside the account's navigation. */
export default function NotFound() {
  return (
    <NothingHere
      action={
        <>
          <ButtonLink href="/account" variant="primary">
            Overview
          </ButtonLink>
          <ButtonLink href="/account/orders">My orders</ButtonLink>
        </>
      }
    >
      The address may be mistyped, or it belongs to another account. Nothing you own is lost.
    </NothingHere>
  );
}
