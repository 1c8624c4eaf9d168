/* Runs before the first paint: the saved theme, and whether this reader has a cart or an account (base.css). */
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    /* Storage may be blocked; the system's theme is used then. */
  }
  if (/(?:^|; )lectern_viewer=1(?:;|$)/.test(document.cookie)) root.dataset.viewer = "known";
})();
