import type { MetadataRoute } from "next";
import { readShelf } from "@/lib/catalog/shelf";
import { env } from "@/lib/env";

export const dynamic = "force-static";
export const revalidate = 3600;

const pages = ["", "/courses", "/pricing", "/terms", "/privacy", "/refunds", "/imprint"];

/** Every public page; searches, carts and accounts are nobody's business. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { APP_URL } = env();
  const { courses } = await readShelf();
  return [
    ...pages.map((path) => ({ url: `${APP_URL}${path}` })),
    ...courses.map(({ slug, updatedAt }) => ({ url: `${APP_URL}/courses/${slug}`, lastModified: updatedAt })),
  ];
}
