import type { Metadata } from "next";
import { NothingHere } from "@/components/layout/nothing-here";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found", robots: { index: false } };

/** For a certificate that nobody issued. */
export default function NotFound() {
  return (
    <NothingHere action={<ButtonLink href="/courses">Browse the courses</ButtonLink>}>
      There is no certificate at this address. Check the link again: every character counts.
    </NothingHere>
  );
}
