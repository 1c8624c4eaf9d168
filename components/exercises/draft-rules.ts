import type { LocalDraft, SetAside } from "@/components/offline/local-store";
import type { WireDraft } from "./lesson-package";

export type DraftStatus = "untouched" | "local" | "saving" | "saved" | "unkept";

/**
 * What the editor begins with. What this browser wrote and the account has not got comes first, and so does what is not
 * older than the account's: without a network, `stored` is from the last visit. Then the account's, then the starter.
 */
export function firstDraft(local: LocalDraft | null, stored: WireDraft | null, starter: string): LocalDraft {
  if (local && (local.dirty || !stored || local.base >= stored.version)) return local;
  const aside = local?.aside ?? null;
  if (!stored) return { code: starter, editedAt: 0, base: 0, dirty: false, aside, drops: null };
  const { code, editedAt, version } = stored;
  return { code, editedAt, base: version, dirty: false, aside, drops: null };
}

export function statusOf(draft: LocalDraft, saves: boolean, starter: string): DraftStatus {
  if (draft.code === starter) return "untouched";
  return draft.dirty || !saves ? "local" : "saved";
}

/** The text that is offered for restoring: what only this browser has, then what the account has set aside. */
export function asideOf(draft: LocalDraft, other: SetAside | null): SetAside | null {
  return draft.aside ?? (other && other.editedAt !== draft.drops ? other : null);
}

/**
 * `next` as this browser keeps it. When `kept`, what it holds now, is of another tab and the account has not got it, it is
 * set aside: both tabs write the same entry.
 */
export function writeOver(kept: LocalDraft | null, mine: LocalDraft, next: LocalDraft): LocalDraft {
  const isLost = kept?.dirty && kept.code !== mine.code && kept.code !== next.code;
  return isLost ? { ...next, aside: textOf(kept) } : next;
}

/** The draft of this tab once another one wrote `theirs`; null when it goes on with its own. */
export function hearDraft(mine: LocalDraft, theirs: LocalDraft, saves: boolean): LocalDraft | null {
  if (theirs.code === mine.code) {
    if (theirs.base < mine.base) return null;
    return theirs.base > mine.base ? theirs : { ...theirs, dirty: mine.dirty && theirs.dirty };
  }
  if (!mine.dirty) return theirs;
  // Nobody settles it for a guest; for the others the account does, once this one is sent.
  return saves ? null : { ...theirs, aside: textOf(mine) };
}

/** The draft once the account has answered to `sent`; it may have been written on, or restored, meanwhile. */
export function settleDraft(now: LocalDraft, sent: LocalDraft, answer: WireDraft): LocalDraft {
  const isKnown = now.aside?.code === answer.code || now.aside?.code === answer.other?.code;
  const aside = isKnown ? null : now.aside;
  const drops = now.drops === sent.drops ? null : now.drops;
  if (now.code === sent.code) {
    const { code, editedAt, version } = answer;
    return { code, editedAt, base: version, dirty: drops !== null, aside, drops };
  }
  const isNext = answer.code === sent.code && now.base === sent.base;
  return { ...now, base: isNext ? answer.version : now.base, aside, drops };
}

/** The text set aside comes back, and what it replaces is set aside in its place: here, or by the account. */
export function restoreDraft(mine: LocalDraft, other: SetAside | null, now: number): LocalDraft {
  const next = { ...mine, editedAt: now, dirty: true };
  if (mine.aside) return { ...next, code: mine.aside.code, aside: textOf(mine) };
  if (!other) return mine;
  // As if it had been written apart: the account then sets its own text aside. What it has not got stays here.
  const base = Math.max(0, mine.base - 1);
  return { ...next, code: other.code, base, aside: mine.dirty ? textOf(mine) : null };
}

/** The text that is offered for restoring is not wanted. */
export function dismissAside(mine: LocalDraft, other: SetAside | null): LocalDraft {
  if (mine.aside) return { ...mine, aside: null };
  return other ? { ...mine, drops: other.editedAt, dirty: true } : mine;
}

function textOf({ code, editedAt }: LocalDraft): SetAside {
  return { code, editedAt };
}
