"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { menuItem } from "./menu-item";

type Theme = "system" | "light" | "dark";
const following: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme stands on <html>, where public/theme.js put the saved one before the first paint. */
function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function writeTheme(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be blocked: the choice then lasts for this page.
  }
  for (const listener of listeners) listener();
}

/** System, light, dark, and round again. Not shown without scripts: the system's theme is followed then. */
export function ThemeSwitch({
  icon,
  inMenu = false,
}: {
  readonly icon: ReactNode;
  readonly inMenu?: boolean;
}) {
  const theme = useSyncExternalStore(subscribe, readTheme, () => "system" as const);
  const change = () => writeTheme(following[theme]);
  if (inMenu) {
    return (
      <button type="button" onClick={change} data-needs-script className={menuItem}>
        {icon}
        Theme: {theme}
      </button>
    );
  }
  return (
    <IconButton label={`Theme: ${theme}`} title={`Theme: ${theme}`} onClick={change} data-needs-script>
      {icon}
    </IconButton>
  );
}
