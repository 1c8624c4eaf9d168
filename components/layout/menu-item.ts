/** A line of the header's menus. */
export const menuItem =
  "flex min-h-target items-center gap-3 rounded-md px-3 text-sm font-medium text-ink-soft no-underline hover:bg-sunken hover:text-ink";
