import { CourseCover } from "@/components/catalog/course-cover";
import { Logo } from "@/components/layout/logo";
import { Sheet } from "./sheet";

const swatches = {
  paper: "bg-paper",
  surface: "bg-surface",
  sunken: "bg-sunken",
  ink: "bg-ink",
  "ink-soft": "bg-ink-soft",
  "ink-muted": "bg-ink-muted",
  hairline: "bg-hairline",
  "hairline-strong": "bg-hairline-strong",
  "field-line": "bg-field-line",
  accent: "bg-accent",
  "accent-strong": "bg-accent-strong",
  "accent-tint": "bg-accent-tint",
  success: "bg-success",
  "success-tint": "bg-success-tint",
  warning: "bg-warning",
  "warning-tint": "bg-warning-tint",
  danger: "bg-danger",
  "danger-tint": "bg-danger-tint",
} as const;

const covers = [
  ["python", "python-from-zero"],
  ["python", "data-structures"],
  ["python", "clean-data"],
  ["sql", "sql-from-questions"],
  ["sql", "joins-and-windows"],
  ["general", "how-programs-run"],
] as const;

/** Colour, type, covers and logo. */
export function Foundations() {
  return (
    <>
      <Sheet title="Colour">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-4">
          {Object.entries(swatches).map(([name, colour]) => (
            <li key={name}>
              <span className={`mb-1 block h-14 rounded-md border border-hairline-strong ${colour}`} />
              <code className="bg-transparent p-0 text-2xs">{name}</code>
            </li>
          ))}
        </ul>
      </Sheet>
      <Sheet title="Type">
        <p className="font-serif text-5xl font-medium tracking-hero">Learn by writing</p>
        <p className="font-serif text-4xl font-display tracking-display">Data structures you will use</p>
        <p className="font-serif text-3xl font-title tracking-display">Courses</p>
        <p className="font-serif text-2xl font-title tracking-display">Dictionaries that count</p>
        <p className="font-serif text-xl font-title tracking-tight">Outline</p>
        <p className="font-serif text-lg font-title tracking-tight">Python from zero</p>
        <p className="font-serif text-line font-title tracking-tight">Lists, honestly</p>
        <p className="text-lg leading-normal text-ink-soft">
          Inter 20 px, the lead: what a course is about, in one sentence.
        </p>
        <p>Inter 16 px: a test that fails shows its input, what it expected and what it got.</p>
        <p className="text-sm text-ink-soft">Inter 14 px: 42 lessons, 9 h, 64 exercises</p>
        <p className="text-xs text-ink-muted">Inter 13 px: last opened yesterday</p>
        <p className="font-serif text-ink-muted italic">Fig. 1, set in serif italic</p>
      </Sheet>
      <Sheet title="Covers and logo">
        <ul className="grid grid-cols-2 gap-4 md:grid-cols-3">
          {covers.map(([type, slug]) => (
            <li key={slug} className="aspect-8/5">
              <CourseCover type={type} slug={slug} />
            </li>
          ))}
        </ul>
        <div className="flex gap-8">
          <Logo />
          <Logo glyph />
        </div>
      </Sheet>
    </>
  );
}
