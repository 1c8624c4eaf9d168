/** `170` → `2 h 50 min`, `25` → `25 min`, `120` → `2 h`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")} min`;
}

/** `1, "lesson"` → `1 lesson`; `8, "lesson"` → `8 lessons`. */
export function formatCount(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? "" : "s"}`;
}
