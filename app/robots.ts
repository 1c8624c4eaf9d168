import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

export const dynamic = "force-static";
export const revalidate = 3600;

/** What is personal, bought or endless is not for search engines. */
export default function robots(): MetadataRoute.Robots {
  const { APP_URL } = env();
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: [
        "/account",
        "/admin",
        "/api/",
        "/cart",
        "/checkout",
        "/courses/search",
        "/dev/",
        "/gift",
        "/give/",
        "/sign-in",
        "/sign-up",
      ],
    },
    sitemap: `${APP_URL}/sitemap.xml`,
  };
}
