"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { renewLesson } from "@/components/offline/lesson-copy";
import { markKey, readMark } from "@/components/offline/local-store";
import { flushOutbox, isKept, submitMark } from "@/components/offline/outbox";
import { isFinal, type Outcome } from "@/components/offline/post";

type Options = {
  /** Names the reader in this browser. */
  readonly account: string;
  readonly course: string;
  readonly lesson: string;
  /** As the page that the server sent has it. */
  readonly isCompleted: boolean;
};

type Wish = { readonly completed: boolean; readonly delivery: Outcome };

const RETRY_MS = 30_000;

/** Whether the lesson is ticked, as its reader sees it: also what they pressed without a network, before the account has it. */
export function useMark({ account, course, lesson, isCompleted }: Options) {
  const router = useRouter();
  const [wish, setWish] = useState<Wish | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [known, setKnown] = useState(isCompleted);
  if (known !== isCompleted) {
    setKnown(isCompleted);
    if (!isKept(wish?.delivery ?? null)) setWish(null);
  }
  const key = markKey(account, { course, lesson });
  const waits = isKept(wish?.delivery ?? null);

  useEffect(() => {
    const kept = readMark(key);
    if (kept) setWish({ completed: kept.completed, delivery: "waiting" });
  }, [key]);

  useEffect(() => {
    if (!waits) return;
    let isGone = false;
    const send = async () => {
      // Not among them when another tab, or the page itself, has sent it.
      const outcome = (await flushOutbox(account)).get(key) ?? "saved";
      if (isGone || (outcome === "saved" && readMark(key))) return;
      setWish((before) => before && { ...before, delivery: outcome });
      if (!isKept(outcome)) router.refresh();
    };
    void send();
    const again = setInterval(send, RETRY_MS);
    addEventListener("online", send);
    return () => {
      isGone = true;
      clearInterval(again);
      removeEventListener("online", send);
    };
  }, [waits, account, key, router]);

  const completed = wish === null || isFinal(wish.delivery) ? isCompleted : wish.completed;
  const press = async () => {
    if (isBusy) return;
    setBusy(true);
    const delivery = await submitMark(account, {
      course,
      lesson,
      completed: !completed,
      markedAt: Date.now(),
    });
    setBusy(false);
    setWish({ completed: !completed, delivery });
    if (delivery !== "saved") return;
    router.refresh();
    void renewLesson(`/learn/${course}/${lesson}`).catch(() => {});
  };
  return { completed, delivery: wish?.delivery ?? null, isBusy, press };
}
