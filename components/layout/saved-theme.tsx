"use client";

import { useLayoutEffect } from "react";

/**
 * Where a route turns out to be missing, React draws the whole document in the browser: what public/theme.js had set is not
 * there, and a script that React inserts does not run. So the saved theme is set once more, before the paint.
 */
export function SavedTheme() {
  useLayoutEffect(() => {
    try {
      const theme = localStorage.getItem("theme");
      if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    } catch {
      // Storage may be blocked; the system's theme is used then.
    }
  }, []);
  return null;
}
