/** For a part of the page that scrolls by itself: the keyboard reaches it, and `label` says what it is. */
export const scrollable = (label: string) => ({ tabIndex: 0, role: "region", "aria-label": label }) as const;
