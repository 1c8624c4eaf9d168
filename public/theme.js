/* Runs before the first paint: the saved theme and width of lessons, and whether this reader has a cart or an account (base.css). */
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const measure = localStorage.getItem("measure");
    if (measure === "wide" || measure === "narrow") root.dataset.measure = measure;
  } catch {
    /* Storage may be blocked; the system's theme is used then. */
  }
  if (/(?:^|; )lectern_viewer=1(?:;|$)/.test(document.cookie)) root.dataset.viewer = "known";
})();
