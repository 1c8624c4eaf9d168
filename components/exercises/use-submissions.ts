"use client";

import { useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import { type LocalAttempt, listAttempts } from "@/components/offline/local-store";
import { flushOutbox, isKept, submitAttempt } from "@/components/offline/outbox";
import type { Outcome } from "@/components/offline/post";
import { deliveryOf } from "./delivery-of";
import type { WirePackage } from "./lesson-package";
import type { Verdict } from "./use-runs";

type Options = {
  /** Null when nothing is kept: a guest, or somebody who is not enrolled. */
  readonly account: string | null;
  readonly course: string;
  readonly exercise: string;
  readonly own: WirePackage;
  /** A passed result has reached the account for the first time. */
  readonly onPassed: () => void;
};

const isPass = ({ testsPassed, testsTotal }: Verdict) => testsPassed === testsTotal;

/** How often an exercise was submitted, whether it is passed, and where the last result is. */
export function useSubmissions({ account, course, exercise, own, onPassed }: Options) {
  const [waiting] = useState(() =>
    account === null
      ? []
      : listAttempts(account).filter((one) => one.course === course && one.exercise === exercise),
  );
  const pending = useRef<readonly LocalAttempt[]>(waiting);
  const [tries, setTries] = useState(own.tries + waiting.length);
  /** Not counting what waits: that may turn out to be outdated. */
  const wasPassed = useRef(own.passed);
  const [passed, setPassed] = useState(own.passed || waiting.some(isPass));
  const [delivery, setDelivery] = useState<Outcome | null>(waiting.length > 0 ? "waiting" : null);
  const [solutionShown, setSolutionShown] = useState(false);

  useEffect(() => {
    if (account === null || !isKept(delivery)) return;
    let isGone = false;
    const send = async () => {
      const sent = pending.current;
      const flushed = await flushOutbox(account);
      const outcomes: Outcome[] = [];
      // Once more when another tab has sent it: the shop keeps it once, and answers what became of it.
      for (const attempt of sent)
        outcomes.push(flushed.get(attempt.id) ?? (await submitAttempt(account, attempt)));
      const result = deliveryOf(outcomes);
      if (!isKept(result)) {
        pending.current = pending.current.filter((one) => !sent.includes(one));
        wasPassed.current ||= sent.some((one, at) => isPass(one) && outcomes[at] !== "outdated");
      }
      if (isGone) return;
      setDelivery(result);
      if (isKept(result)) return;
      setPassed(wasPassed.current || pending.current.some(isPass));
      onPassed();
    };
    void send();
    addEventListener("online", send);
    const again = setInterval(send, 30_000);
    return () => {
      isGone = true;
      removeEventListener("online", send);
      clearInterval(again);
    };
  }, [account, delivery, onPassed]);

  const record = async (code: string, verdict: Verdict) => {
    let outcome: Outcome | null = null;
    if (account !== null) {
      const attempt = { id: v7(), course, exercise, code, ...verdict, solutionShown, gradedAt: Date.now() };
      outcome = await submitAttempt(account, attempt);
      if (isKept(outcome)) pending.current = [...pending.current, attempt];
      setDelivery(outcome);
      if (outcome === "saved" && isPass(verdict) && !passed) onPassed();
    }
    // Only now: "passed and saved" is true, and the shop will show the solution when it is asked.
    setTries((before) => before + 1);
    if (!isPass(verdict) || outcome === "outdated") return;
    wasPassed.current ||= !isKept(outcome);
    setPassed(true);
  };

  return { tries, passed, delivery, record, noteSolution: () => setSolutionShown(true) };
}
