"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type" | "busy"> & {
  /** What is happening while the form is on its way, with a verb: "Adding to the cart". */
  readonly busyLabel?: string;
};

/** Submits the form around it; while its action runs it shows `busyLabel` and a second press does nothing. */
export function SubmitButton(props: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...props} type="submit" busy={pending} />;
}
