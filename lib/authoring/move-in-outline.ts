type Chapter<L> = { readonly lessons: readonly L[] };

function swap<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const moved = [...items];
  const [one, other] = [moved[at], moved[at + by]];
  if (one === undefined || other === undefined) return moved;
  moved[at] = other;
  moved[at + by] = one;
  return moved;
}

/** A chapter and the one before or after it change places; nothing happens at the ends. */
export const moveChapter = <C>(chapters: readonly C[], at: number, by: 1 | -1): C[] => swap(chapters, at, by);

/** A lesson goes one place up or down; over the edge of its chapter it becomes the last of the one before, or the first of the next. */
export function moveLesson<L, C extends Chapter<L>>(
  chapters: readonly C[],
  chapter: number,
  at: number,
  by: 1 | -1,
): C[] {
  const own = chapters[chapter];
  const next = chapters[chapter + by];
  const lesson = own?.lessons[at];
  if (!own || lesson === undefined) return [...chapters];
  if (own.lessons[at + by] !== undefined)
    return chapters.with(chapter, { ...own, lessons: swap(own.lessons, at, by) });
  if (!next) return [...chapters];
  const rest = own.lessons.filter((one) => one !== lesson);
  const there = by === 1 ? [lesson, ...next.lessons] : [...next.lessons, lesson];
  return chapters.with(chapter, { ...own, lessons: rest }).with(chapter + by, { ...next, lessons: there });
}
