import { Check } from "lucide-react";

const keyword = "font-semibold text-code-keyword";
const figure = "text-code-number";
const called = "text-code-function";

const plate =
  "relative grid h-44 content-center gap-2 overflow-hidden rounded-sm border border-hairline bg-surface p-6";

/** How a lesson goes, in three small plates. Decoration: the words beneath say the same. */
export function LessonSteps() {
  const steps = [
    {
      title: "Read and predict",
      text: "One idea per lesson, in plain words. You say what the code will do before you see it done.",
      plate: <ReadPlate />,
    },
    {
      title: "Watch the mistake fail",
      text: "Each lesson shows the error that nearly everybody makes there, lets it fail, and explains why.",
      plate: <FailPlate />,
    },
    {
      title: "Keep your place",
      text: "Mark a lesson complete when it is. Your courses open where you stopped, on any device.",
      plate: <PlacePlate />,
    },
  ];
  return (
    <ol className="grid gap-8 lg:grid-cols-3 lg:gap-6">
      {steps.map((step, index) => (
        <li key={step.title}>
          <div aria-hidden="true">{step.plate}</div>
          <p className="mt-3 font-serif text-sm text-ink-muted italic">Fig. {index + 1}</p>
          <h3 className="mt-1">{step.title}</h3>
          <p className="mt-2 max-w-96 text-ink-soft">{step.text}</p>
        </li>
      ))}
    </ol>
  );
}

function ReadPlate() {
  return (
    <div className={`${plate} px-8 font-serif text-[1.1875rem] leading-normal`}>
      <p>
        After{" "}
        <b className="font-mono text-[0.86em] font-medium text-accent shadow-[inset_0_-0.6em_0_var(--color-accent-tint)]">
          price = 300
        </b>
        , what is the total?
      </p>
      <p className="text-ink-muted">Say the number aloud, then read on.</p>
    </div>
  );
}

function FailPlate() {
  return (
    <div className={`${plate} content-stretch gap-0 bg-sunken p-0`}>
      <pre className="pt-5 pl-6 font-mono text-xs leading-[1.9]">
        <span className={keyword}>def</span> <span className={called}>area</span>(w, h):{"\n"}{" "}
        <span className={called}>print</span>(w * h){"\n"}
        <span className={called}>area</span>(<span className={figure}>2</span>,{" "}
        <span className={figure}>3</span>) + <span className={figure}>1</span>
      </pre>
      <p className="self-end border-t border-hairline bg-surface px-6 py-3 font-mono text-xs text-danger">
        TypeError: unsupported operand
      </p>
    </div>
  );
}

function PlacePlate() {
  const rows = ["Values and names", "Text you can build with"];
  return (
    <div className={`${plate} gap-0 py-0 text-sm`}>
      {rows.map((row) => (
        <p key={row} className="flex min-h-target items-center gap-3 border-b border-hairline">
          <Check className="size-4! text-success" />
          {row}
        </p>
      ))}
      <p className="flex min-h-target items-center gap-3 font-semibold text-accent">
        <span className="size-4 rounded-full border-2 border-accent" />
        Decisions
      </p>
    </div>
  );
}
