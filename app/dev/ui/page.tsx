import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Container, PageTitle } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";
import { env } from "@/lib/env";
import { Controls } from "./controls";
import { Foundations } from "./foundations";
import { Records } from "./records";
import { Texts } from "./texts";

export const metadata: Metadata = { title: "Components", robots: { index: false } };

/** Decided when it is asked for, not when the shop was built. */
export const dynamic = "force-dynamic";

/** Every component in every state, for those who build pages. It does not exist in production. */
export default function ComponentSheet() {
  if (env().NODE_ENV === "production") notFound();
  return (
    <SiteFrame>
      <Container>
        <PageTitle title="Components" lead="Every state on one page, for the engineer who builds with it." />
        <Foundations />
        <Controls />
        <Records />
        <Texts />
      </Container>
    </SiteFrame>
  );
}
