/**
 * The query of a link to sign in that leads back to where its reader is; empty on the home page, which is no place to come
 * back to. What the cart's address says is said once, and a mailed link's secret stays out of other addresses.
 */
export function wayBack({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const query = new URLSearchParams(pathname === "/cart" ? "" : search);
  query.delete("token");
  const wanted = query.get("returnTo") ?? pathname + (query.size > 0 ? `?${query}` : "");
  return wanted === "/" ? "" : `?returnTo=${encodeURIComponent(wanted)}`;
}
