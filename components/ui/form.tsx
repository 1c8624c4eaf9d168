"use client";

import type { ComponentProps } from "react";
import type { FormAction } from "@/lib/action";
import { type Unanswered, useFormAction } from "./use-form-action";

type FormProps = Omit<ComponentProps<"form">, "action"> & {
  readonly action: (form: FormData) => void;
  readonly unanswered: Unanswered | null;
  /** For what moves money or gives seats: what to do when nobody knows whether it was done. */
  readonly unsure?: string;
};

/** The form of `useFormAction` and `useKeptForm`: beneath its button it says when no answer came. */
export function Form({ unanswered, unsure, children, ...form }: FormProps) {
  return (
    <form {...form}>
      {children}
      {unanswered ? (
        <p
          ref={(said) => said?.scrollIntoView({ block: "nearest" })}
          role="alert"
          className="col-span-full max-w-prose basis-full pt-1 text-sm font-medium text-danger"
        >
          <Advice {...unanswered} unsure={unsure} />
        </p>
      ) : null}
    </form>
  );
}

function Advice({ why, hasFields, unsure }: Unanswered & { readonly unsure: string | undefined }) {
  if (why === "signed_out") {
    return (
      <>
        You are signed out.{" "}
        <a href="/sign-in" target="_blank" rel="noopener">
          Sign in in another tab
        </a>
        , then press again{hasFields ? ": what you typed stays here." : "."}
      </>
    );
  }
  if (why === "renewed") {
    const copy = hasFields ? "Copy what you typed, then load" : "Load";
    return `The shop was renewed while this page was open, so nothing was done. ${copy} the page again.`;
  }
  const what = why === "broken" ? "The shop made a mistake." : "The shop could not be reached.";
  return `${what} ${unsure ?? (hasFields ? "What you typed is still here: press again." : "Press again.")}`;
}

type PostFormProps = Omit<ComponentProps<"form">, "action"> & {
  readonly action: (form: FormData) => Promise<void>;
  readonly unsure?: string;
};

/** A form whose action leads on or changes the page, so that there is no answer to show. */
export function PostForm({ action, ...rest }: PostFormProps) {
  const { form } = useFormAction(action as FormAction<unknown, string>);
  return <Form {...form} {...rest} />;
}
