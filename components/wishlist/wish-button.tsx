"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { useViewer } from "@/components/layout/viewer-store";
import { IconButton } from "@/components/ui/icon-button";
import { setWishAction } from "@/lib/wishlist/actions";

type WishButtonProps = {
  readonly slug: string;
  readonly title: string;
  /** With a border, beside a large button. */
  readonly framed?: boolean;
  /** The heart, drawn on the server: an icon inside a client component would bring the icon set's own code. */
  readonly children: ReactNode;
};

/** The heart. The server always sends the form that saves; who is known sees what is saved a moment later. A course of one's own has none. */
export function WishButton({ slug, title, framed, children }: WishButtonProps) {
  const { owned, wished } = useViewer().viewer;
  /** What was pressed, until the server has said so. */
  const [meant, setMeant] = useState<boolean | null>(null);
  if (owned.includes(slug)) return null;
  const isWished = meant ?? wished.includes(slug);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (meant !== null) return;
    setMeant(!isWished);
    try {
      await (await import("./set-wish")).setWish(slug, title, !isWished);
    } finally {
      setMeant(null);
    }
  };

  return (
    <form action={setWishAction} onSubmit={submit}>
      <input type="hidden" name="course" value={slug} />
      <input type="hidden" name="wished" value={isWished ? "no" : "yes"} />
      <IconButton type="submit" label={`Save ${title} to wishlist`} framed={framed} aria-pressed={isWished}>
        {children}
      </IconButton>
    </form>
  );
}
