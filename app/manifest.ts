import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: env().STORE_NAME,
    short_name: env().STORE_NAME,
    description: "Courses in Python and SQL, to read and to work through.",
    start_url: "/",
    display: "browser",
    background_color: "#faf7f0",
    theme_color: "#faf7f0",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
