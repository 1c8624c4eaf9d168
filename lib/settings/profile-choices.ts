/** How many pictures there are to choose from. */
export const AVATARS = 8;

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** How dates and numbers are written; the words of the shop are English in all of them. */
export const LOCALES = [
  "en-GB",
  "en-US",
  "de-DE",
  "es-ES",
  "fr-FR",
  "it-IT",
  "nl-NL",
  "pl-PL",
  "pt-BR",
  "sv-SE",
  "tr-TR",
  "ja-JP",
  "ko-KR",
  "zh-CN",
] as const;

/** What the runtime knows; browsers know the same names (IANA). */
export const TIME_ZONES: readonly string[] = Intl.supportedValuesOf("timeZone");
