/**
 * The query of a link to sign in that leads back to where its reader is; empty on the home page, which is no place to come
 * back to. What the cart's address says is said once, and a mailed link's secret stays out of other addresses.
 */
export function wayBack({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const query = new URLSearchParams(pathname === "/cart" ? "" : search);
  query.delete("token");
  const here = query.size > 0 ? `${pathname}?${query}` : pathname;
  const wanted = query.get("returnTo") ?? here;
  return wanted === "/" ? "" : `?${new URLSearchParams({ returnTo: wanted })}`;
}
