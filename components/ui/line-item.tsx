import { clsx } from "clsx";
import { TicketPercent } from "lucide-react";
import type { ReactNode } from "react";

type LineListProps = { readonly label?: string; readonly className?: string; readonly children: ReactNode };

/** Hairline list of courses in cart, order and library. Its children are `LineItem` and `LineRemoved`. */
export function LineList({ label, className, children }: LineListProps) {
  return (
    <ul aria-label={label} className={clsx("border-t border-hairline-strong", className)}>
      {children}
    </ul>
  );
}

type LineItemProps = {
  /** The cover: `<CourseCover … />`. */
  readonly thumb?: ReactNode;
  /** Text, or a `Link`. */
  readonly title: ReactNode;
  readonly level?: "h2" | "h3";
  /** "Python · Intermediate" */
  readonly meta?: ReactNode;
  /** What happened to this line: `<LineNote>`, a sentence, a progress bar. */
  readonly note?: ReactNode;
  /** Right: `<Price>`, or a button. */
  readonly end?: ReactNode;
  /** Forms with `LinkButton`s beneath. */
  readonly actions?: ReactNode;
};

/** One course: cover left, words, price right. */
export function LineItem({ thumb, title, level: Heading = "h3", meta, note, end, actions }: LineItemProps) {
  return (
    <li className="grid grid-cols-[6rem_1fr] items-start gap-x-4 gap-y-1 border-b border-hairline py-5 md:grid-cols-[8.5rem_1fr] md:gap-x-6">
      <div className="aspect-8/5 overflow-hidden rounded-xs bg-sunken">{thumb}</div>
      <div className="min-w-0">
        <div className="flex justify-between gap-4">
          <Heading className="min-w-0 text-line [&_a]:text-inherit [&_a]:no-underline [&_a:hover]:underline">
            {title}
          </Heading>
          {end ? <div className="flex-none text-right">{end}</div> : null}
        </div>
        {meta ? <p className="text-sm text-ink-muted">{meta}</p> : null}
        {note ? <div className="mt-1 text-sm text-ink-soft">{note}</div> : null}
        {actions ? <div className="-mb-2.5 flex flex-wrap gap-x-5 print:hidden">{actions}</div> : null}
      </div>
    </li>
  );
}

/** Stands where a line was: "… was removed." with the undoing form as `action`, so undo works without JavaScript. */
export function LineRemoved({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action: ReactNode;
}) {
  return (
    <li className="flex items-center justify-between gap-4 border-b border-hairline py-2 text-sm text-ink-soft">
      <span>{children}</span>
      {action}
    </li>
  );
}

/** "SPRING10 takes $9.80 off this course": green with the ticket when `saving`. */
export function LineNote({
  saving = false,
  children,
}: {
  readonly saving?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <p className={clsx("flex items-center gap-1.5", saving && "text-accent")}>
      {saving ? <TicketPercent className="size-4!" /> : null}
      <span>{children}</span>
    </p>
  );
}
