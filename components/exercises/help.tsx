"use client";

import { ChevronDown, KeyRound, Lightbulb } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { InlineCode } from "@/components/catalog/inline-code";
import { Button } from "@/components/ui/button";
import { scrollable } from "@/components/ui/scrollable";
import { TRIES_BEFORE_SOLUTION } from "@/lib/exercises/may-see-solution";
import type { Solution as SolutionText } from "@/lib/exercises/queries";

type HintsProps = { readonly hints: readonly string[] };

/** One hint after the other: the next is offered once the one before was opened. */
export function Hints({ hints }: HintsProps) {
  const [opened, setOpened] = useState(0);
  return hints.slice(0, opened + 1).map((hint, place) => (
    <details
      key={hint}
      className="group/hint border-t border-hairline text-sm"
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened((before) => Math.max(before, place + 1));
      }}
    >
      <summary className="flex min-h-target items-center gap-2 font-medium text-accent hover:underline">
        <Lightbulb className="size-4!" />
        {place === 0 ? "Show a hint" : "Show another hint"}
        <span className="ml-auto text-xs font-normal text-ink-muted">
          {place + 1} of {hints.length}
        </span>
        <ChevronDown className="size-4! transition-transform duration-base group-open/hint:rotate-180" />
      </summary>
      <p className="pb-3 text-ink-soft">
        <InlineCode>{hint}</InlineCode>
      </p>
    </details>
  ));
}

type SolutionProps = {
  /** Where it is asked for. */
  readonly address: string;
  readonly tries: number;
  readonly passed: boolean;
  readonly onShown: () => void;
};

type Asked = { readonly state: "no" | "asking" | "failed" } | ({ readonly state: "shown" } & SolutionText);

/** The solution, after three submissions or a passed one. It is not in the page before. */
export function Solution({ address, tries, passed, onShown }: SolutionProps) {
  const [asked, setAsked] = useState<Asked>({ state: "no" });
  const left = TRIES_BEFORE_SOLUTION - tries;
  if (!passed && left > 0) {
    return (
      <p className="border-t border-hairline py-3 text-xs text-ink-muted">
        The solution opens after {left === TRIES_BEFORE_SOLUTION ? "three" : `${left} more`}{" "}
        {left === 1 ? "submission" : "submissions"}, or when all tests pass.
      </p>
    );
  }
  if (asked.state === "shown") return <ShownSolution {...asked} />;
  const ask = async () => {
    setAsked({ state: "asking" });
    const found = await fetchSolution(address);
    setAsked(found ? { state: "shown", ...found } : { state: "failed" });
    if (found) onShown();
  };
  return (
    <div className="border-t border-hairline py-1 text-sm">
      <Button variant="quiet" onClick={ask} busy={asked.state === "asking"} className="-ml-3">
        <KeyRound />
        Show the solution
      </Button>
      {asked.state === "failed" ? (
        <p role="alert" className="pb-2 text-danger">
          It could not be fetched. It needs the network, and your submissions to have arrived.
        </p>
      ) : null}
    </div>
  );
}

/** It takes the place of the button that was pressed, and the focus with it. */
function ShownSolution({ solution, why }: SolutionText) {
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="border-t border-hairline pt-3 text-sm">
      <p className="font-medium">One solution</p>
      <pre
        ref={box}
        // What scrolls must be reachable by keyboard (WCAG 2.1.1).
        {...scrollable("Solution")}
        className="mt-2 overflow-x-auto rounded-sm border border-hairline bg-sunken p-3 font-mono text-xs leading-relaxed focus-visible:-outline-offset-2"
      >
        {solution}
      </pre>
      {why ? (
        <p className="py-3 text-ink-soft">
          <InlineCode>{why}</InlineCode>
        </p>
      ) : null}
    </div>
  );
}

async function fetchSolution(address: string): Promise<SolutionText | null> {
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) return null;
    const body: SolutionText = await response.json();
    return body;
  } catch {
    return null;
  }
}
