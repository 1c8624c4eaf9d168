import { clsx } from "clsx";
import { Check, CircleAlert, Clock, Info, type LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";

export type Tone = "accent" | "success" | "warning" | "danger";

const looks: Readonly<
  Record<Tone, { readonly icon: LucideIcon; readonly box: string; readonly ink: string }>
> = {
  accent: { icon: Info, box: "bg-accent-tint border-accent-line", ink: "text-accent" },
  success: { icon: Check, box: "bg-success-tint border-success-line", ink: "text-success" },
  warning: { icon: Clock, box: "bg-warning-tint border-warning-line", ink: "text-warning" },
  danger: { icon: CircleAlert, box: "bg-danger-tint border-danger-line", ink: "text-danger" },
};

type NoticeProps = {
  /** accent: news; success; warning: waiting; danger: failed. */
  readonly tone?: Tone;
  /** The bold first line. */
  readonly title: ReactNode;
  /** What to do about it. */
  readonly children?: ReactNode;
  /** `alert` for what just failed, `status` for what just succeeded; nothing for what was there when the page came. */
  readonly role?: "alert" | "status";
  readonly id?: string;
  readonly ref?: Ref<HTMLDivElement>;
  /** -1 makes it a place to move the focus to. */
  readonly tabIndex?: -1;
  readonly className?: string;
};

/** A message inside the page: bold first line, then what to do. */
export function Notice({ tone = "accent", title, children, className, ...rest }: NoticeProps) {
  const { icon: Icon, box, ink } = looks[tone];
  return (
    <div
      {...rest}
      className={clsx("grid grid-cols-[auto_1fr] gap-3 rounded-lg border p-4 text-sm", box, className)}
    >
      <Icon className={clsx("mt-px", ink)} />
      <div className="min-w-0 space-y-0.5 text-ink-soft">
        <p className="font-semibold text-ink">{title}</p>
        {children}
      </div>
    </div>
  );
}
