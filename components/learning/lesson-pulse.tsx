"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PULSE_MS } from "@/lib/progress/schema";

type LessonPulseProps = {
  readonly course: string;
  readonly lesson: string;
  /** Where to begin, in thousandths of the way down; 0 for the top. */
  readonly startAt: number;
};

const room = () => Math.max(1, document.documentElement.scrollHeight - innerHeight);
const place = () => Math.max(0, Math.min(1000, Math.round((scrollY / room()) * 1000)));

/**
 * Takes the reader back to where they were, and tells the shop every half minute that the lesson is being read. When the
 * shop answers that it may not be read any more (refunded, run out, signed out), the page is fetched anew.
 */
export function LessonPulse({ course, lesson, startAt }: LessonPulseProps) {
  const router = useRouter();
  useEffect(() => {
    if (startAt > 0 && location.hash === "")
      scrollTo({ top: (startAt / 1000) * room(), behavior: "instant" });
    // The address without the wish to continue: a reload stays where it is.
    if (location.search) history.replaceState(history.state, "", location.pathname + location.hash);
  }, [startAt]);

  useEffect(() => {
    const pulse = async () => {
      try {
        const response = await fetch("/api/learning/pulse", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ course, lesson, permille: place() }),
          keepalive: true,
        });
        const answer: unknown = await response.json();
        if (isLocked(answer)) router.refresh();
      } catch {
        // No network, or the shop is away: what is on the page stays.
      }
    };
    const beat = () => {
      if (document.visibilityState === "visible") void pulse();
    };
    // The first one checks a page that the browser kept; leaving keeps the place.
    const first = setTimeout(beat, 1_000);
    const timer = setInterval(beat, PULSE_MS);
    const change = () => void pulse();
    document.addEventListener("visibilitychange", change);
    addEventListener("pageshow", change);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", change);
      removeEventListener("pageshow", change);
    };
  }, [course, lesson, router]);
  return null;
}

function isLocked(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "access" in answer && answer.access === "locked";
}
