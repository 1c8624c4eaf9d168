"use client";

import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef } from "react";
import { PULSE_MS, WHERE_LEFT } from "@/lib/progress/reading-pulse";
import type { PulseInput } from "@/lib/progress/schema";

type LessonPulseProps = {
  readonly course: string;
  readonly lesson: string;
  /** Where "Continue" leads to, in thousandths of the way down; 0 for the top. */
  readonly leftAt: number;
};

const room = () => Math.max(1, document.documentElement.scrollHeight - innerHeight);
const place = () => Math.max(0, Math.min(1000, Math.round((scrollY / room()) * 1000)));

/**
 * Takes the reader who came by "Continue" back to where they were, and tells the shop every half minute that the lesson is
 * being read, and where once it was scrolled: one that was only looked into keeps its place. When the shop answers that it
 * may not be read any more (refunded, run out, signed out), the page is fetched anew.
 */
export function LessonPulse({ course, lesson, leftAt }: LessonPulseProps) {
  const router = useRouter();
  /** As the lesson was opened: one that is fetched anew knows a later place, and moves nobody. */
  const start = useRef(leftAt);
  /** The place that was scrolled to, and the one that the shop knows. */
  const scrolled = useRef<number | null>(null);
  const told = useRef<number | null>(null);

  // In a layout effect: its end comes before the next page is scrolled to its top, which is no place of this lesson.
  useLayoutEffect(() => {
    const keep = () => {
      scrolled.current = place();
    };
    addEventListener("scroll", keep, { passive: true });
    return () => {
      removeEventListener("scroll", keep);
      if (scrolled.current === told.current) return;
      told.current = scrolled.current;
      send({ course, lesson, permille: scrolled.current }).catch(() => {});
    };
  }, [course, lesson]);

  useEffect(() => {
    if (location.hash !== WHERE_LEFT) return;
    scrollTo({ top: (start.current / 1000) * room(), behavior: "instant" });
    // Without the wish to continue, a reload stays where it is. The router must note that, or it writes its own address back:
    // it does once the effects of this page are done, and for a state that is not its own.
    const timer = setTimeout(() => history.replaceState(null, "", location.pathname + location.search));
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const pulse = async () => {
      const isUntouched = scrolled.current === null && scrollY === 0;
      const permille = isUntouched ? null : place();
      try {
        const answer = await send({ course, lesson, permille });
        told.current = permille;
        if (isLocked(answer)) router.refresh();
      } catch {
        // No network, the shop is away, or too many were sent: what is on the page stays.
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

/** It outlives the page that sends it. */
async function send(pulse: PulseInput): Promise<unknown> {
  const response = await fetch("/api/learning/pulse", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(pulse),
    keepalive: true,
  });
  if (response.status === 429) throw new Error("too many signs of life");
  return response.json();
}

function isLocked(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "access" in answer && answer.access === "locked";
}
