"use client";

import { unstable_rethrow } from "next/navigation";
import { type ComponentProps, type FormEvent, type ReactNode, useRef, useState, useTransition } from "react";
import { refreshViewer, useViewer } from "@/components/layout/viewer-store";
import { Button, ButtonLink } from "@/components/ui/button";
import type { CommonRejection, FormAction } from "@/lib/action";
import { addToCartAction } from "@/lib/cart/actions";
import { enrollFreeAction } from "@/lib/enrollments/actions";
import { openMiniCart } from "./mini-cart-store";

type ButtonSize = ComponentProps<typeof Button>["size"];

type BuyButtonProps = {
  /** No more than this of the course: what is given here travels with the page. */
  readonly slug: string;
  readonly title: string;
  readonly isFree: boolean;
  /** Filled on the course's own page, where it is the one thing to do; outlined in lists. */
  readonly variant?: "primary" | "secondary";
  readonly size?: ButtonSize;
  readonly block?: boolean;
};

const UNREACHABLE = "The shop cannot be reached. Check your connection and try again.";

/**
 * Add to cart, In cart, Go to course, or Enroll for free. The server always sends the form, which works without
 * scripts and for strangers; who is known sees their own state a moment later.
 */
export function BuyButton(props: BuyButtonProps) {
  const { slug, title, isFree, variant = "secondary", size = "medium", block = false } = props;
  const { viewer } = useViewer();
  const place = useRef<HTMLDivElement>(null);
  const look = { variant, size, block } as const;
  const about = <span className="sr-only"> {title}</span>;
  return (
    <div ref={place} className={block ? "grid flex-1" : undefined}>
      {viewer.owned.includes(slug) ? (
        <ButtonLink href={`/learn/${slug}`} prefetch={false} {...look}>
          <span>Go to course{about}</span>
        </ButtonLink>
      ) : viewer.inCart.includes(slug) ? (
        <ButtonLink href="/cart" prefetch={false} {...look} variant="done">
          <span>In cart{about}</span>
        </ButtonLink>
      ) : isFree ? (
        <ActionForm
          action={enrollFreeAction}
          course={slug}
          explain={async (code) => (await import("./buy-messages")).enrollMessages[code]}
          look={look}
          busyLabel="Enrolling"
          onDone={refreshViewer}
        >
          <span>Enroll for free{about}</span>
        </ActionForm>
      ) : (
        <ActionForm
          action={addToCartAction}
          course={slug}
          explain={async (code) => (await import("./buy-messages")).cartMessages[code]}
          look={look}
          busyLabel="Adding"
          onStart={() => void import("./mini-cart-panel")}
          onDone={async () => {
            await refreshViewer();
            openMiniCart(place.current);
          }}
        >
          <span>Add to cart{about}</span>
        </ActionForm>
      )}
    </div>
  );
}

type ActionFormProps<T, Code extends string> = {
  readonly action: FormAction<T, Code>;
  readonly course: string;
  /** A refusal in words. */
  readonly explain: (code: Code | CommonRejection) => Promise<string>;
  readonly look: {
    readonly variant: "primary" | "secondary";
    readonly size: ButtonSize;
    readonly block: boolean;
  };
  readonly busyLabel: string;
  /** While the action is on its way. */
  readonly onStart?: () => void;
  readonly onDone: () => Promise<void>;
  readonly children: ReactNode;
};

/** One button that posts a course. Without scripts the browser posts it and the action leads on; with them it stays here. */
function ActionForm<T, Code extends string>(props: ActionFormProps<T, Code>) {
  const { action, course, explain, look, busyLabel, onStart, onDone, children } = props;
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    form.set("stay", "1");
    onStart?.();
    start(async () => {
      try {
        const answer = await action(null, form);
        setProblem(answer && !answer.ok ? await explain(answer.error.code) : null);
        await (answer?.ok ? onDone() : refreshViewer());
      } catch (error) {
        // A redirect (to signing in, to the first lesson) travels as an error.
        unstable_rethrow(error);
        setProblem(UNREACHABLE);
      }
    });
  };

  return (
    <form action={action} onSubmit={submit} className={look.block ? "grid" : undefined}>
      <input type="hidden" name="course" value={course} />
      <Button type="submit" {...look} busy={busy} busyLabel={busyLabel}>
        {children}
      </Button>
      {problem ? (
        <p role="alert" className="mt-2 max-w-60 text-sm text-danger">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

/** The price in a list, given as `children`; a course that is the reader's own has none. */
export function CardPrice({ course, children }: { readonly course: string; readonly children: ReactNode }) {
  const { viewer } = useViewer();
  return viewer.owned.includes(course) ? <span className="text-sm text-ink-muted">Yours</span> : children;
}
