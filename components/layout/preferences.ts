/** How this browser shows dates and colours to the reader; kept beside the theme, for pages that are the same for all. */
export type Preferences = {
  readonly timeZone: string | null;
  readonly locale: string | null;
  readonly theme: string;
};

const KEY = "preferences";

/**
 * Keeps what the account says. A theme that this browser's own switch chose stays; one that the account chose is shown at
 * once, and `chosen` by the form of the settings it always is.
 */
export function keepPreferences({ timeZone, locale, theme }: Preferences, chosen = false): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ timeZone, locale }));
    if (!chosen && (theme === "system" || localStorage.getItem("theme") !== null)) return;
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be blocked: pages are then shown as the device has it.
    if (!chosen) return;
  }
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Forgets the reader who signed out; the theme stays, as the device's. */
export function forgetPreferences(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
}

/** The kept text, the same object for as long as it is the same. */
export function readPreferences(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** What a kept text says; nothing where it was changed by hand. */
export function parsePreferences(text: string): { readonly locale?: string; readonly timeZone?: string } {
  try {
    const { locale, timeZone } = JSON.parse(text || "{}") as Partial<Preferences>;
    // Throws for what this browser does not know.
    new Intl.DateTimeFormat(locale ?? undefined, { timeZone: timeZone ?? undefined });
    return { locale: locale ?? undefined, timeZone: timeZone ?? undefined };
  } catch {
    return {};
  }
}
