import { Check } from "lucide-react";
import type { ReactNode } from "react";

const figure = "text-code-number";
const called = "text-code-function";

/** Two facing pages of the first lesson of Python from zero, as a reader meets them: the prediction, then the answer. */
export function LessonSpread() {
  return (
    <figure
      aria-label="A lesson: the program on the right, the question on the left"
      className="relative grid rounded-sm border border-hairline-strong bg-surface shadow-raised md:grid-cols-[1fr_1.26fr]"
    >
      <Page
        head="Values and names"
        folio="4"
        className="hidden md:block md:bg-[linear-gradient(to_left,light-dark(#3b30181a,#00000059),transparent_2.25rem)]"
      >
        <p className="font-serif leading-[1.6] first-letter:float-left first-letter:pt-[0.06em] first-letter:pr-[0.09em] first-letter:text-[3.35em] first-letter:leading-[0.8] first-letter:font-medium first-letter:text-accent">
          A stall sells jam for 250 cents a jar. Somebody wants three, and a program works out the bill. Then
          the price goes up.
        </p>
        <p className="mt-3 font-serif leading-[1.6]">
          Before you read on, decide what <code>print</code> shows. A prediction teaches you something even
          when it is wrong.
        </p>
      </Page>
      <Page
        head="jam.py"
        folio="5"
        right
        className="md:border-l md:border-hairline md:bg-[linear-gradient(to_right,light-dark(#3b301812,#00000040),transparent_1.75rem)]"
      >
        <pre className="font-mono text-xs leading-[1.9]">
          price = <span className={figure}>250</span>
          {"\n"}count = <span className={figure}>3</span>
          {"\n"}total = price * count{"\n"}price = <span className={figure}>300</span>
          {"\n"}
          <span className={called}>print</span>(total)
        </pre>
        <div className="mt-5 border-t border-accent-line pt-3 text-xs">
          <p className="flex items-center gap-1.5 text-sm font-semibold text-success">
            <Check className="size-4!" />
            It shows 750
          </p>
          <dl className="mt-2 grid grid-cols-[4.5rem_1fr] gap-x-2 gap-y-0.5">
            <dt className="text-ink-muted">line 3</dt>
            <dd className="font-mono">total is 750</dd>
            <dt className="text-ink-muted">line 4</dt>
            <dd className="font-mono">price is 300</dd>
            <dt className="text-ink-muted">line 5</dt>
            <dd>a name never follows another</dd>
          </dl>
        </div>
      </Page>
    </figure>
  );
}

type PageProps = {
  readonly head: string;
  readonly folio: string;
  readonly right?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

function Page({ head, folio, right = false, className, children }: PageProps) {
  return (
    <div className={`relative min-w-0 px-6 pt-6 pb-12 md:px-8 md:pt-8 md:pb-16 ${className ?? ""}`}>
      <p className="mb-5 border-b border-hairline pb-2 font-serif text-sm text-ink-muted italic">{head}</p>
      {children}
      <p
        className={`absolute bottom-4 font-serif text-xs text-ink-muted oldstyle-nums md:bottom-6 ${right ? "right-6 md:right-8" : "left-6 md:left-8"}`}
      >
        {folio}
      </p>
    </div>
  );
}
