import { Check, CircleDot, X } from "lucide-react";

const keyword = "font-semibold text-code-keyword";
const figure = "text-code-number";
const called = "text-code-function";

const frame = "relative h-44 overflow-hidden rounded-sm border border-hairline";
const plate = `${frame} grid content-center gap-2 bg-surface px-8 py-6`;

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
    <div className={`${plate} font-serif text-[1.1875rem] leading-normal`}>
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
    <div className={`${frame} grid grid-rows-[1fr_auto] bg-sunken`}>
      <pre className="self-center px-6 font-mono text-xs leading-[1.9]">
        <span className={keyword}>def</span> <span className={called}>area</span>(w, h):{"\n    "}
        <span className={called}>print</span>(w * h){"\n\n"}
        <span className={called}>area</span>(<span className={figure}>2</span>,{" "}
        <span className={figure}>3</span>) + <span className={figure}>1</span>
      </pre>
      <p className="flex min-h-target items-center gap-2 border-t border-hairline bg-surface px-6 text-sm font-semibold text-danger">
        <X className="size-4!" />
        TypeError: None + 1
      </p>
    </div>
  );
}

function PlacePlate() {
  return (
    <div className={`${frame} grid content-center bg-surface px-6 text-sm`}>
      {["Values and names", "Text you can build with"].map((done) => (
        <p key={done} className="flex min-h-target items-center gap-3 border-b border-hairline">
          <Check className="size-4! text-success" />
          {done}
        </p>
      ))}
      <p className="flex min-h-target items-center gap-3 font-semibold text-accent">
        <CircleDot className="size-4!" />
        Decisions
      </p>
    </div>
  );
}
