import type { Route } from "next";
import type { ComponentProps } from "react";

type LinkProps<T extends string> = Omit<ComponentProps<"a">, "href"> & {
  readonly href: Route<T>;
  /** False for personal pages: fetching them ahead costs the server a visit nobody made. */
  readonly prefetch?: false;
};

/**
 * A link to a page of ours. It is a plain anchor, so public pages carry no code for it; `SoftNavigation` in the root
 * layout turns its presses into changes of page without a new document.
 */
export function Link<T extends string>({ prefetch, ...rest }: LinkProps<T>) {
  return <a {...rest} data-soft={prefetch === false ? "" : "ahead"} />;
}
