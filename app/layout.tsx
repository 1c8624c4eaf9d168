import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { SavedTheme } from "@/components/layout/saved-theme";
import { SoftNavigation } from "@/components/layout/soft-navigation";
import { Toaster } from "@/components/ui/toast";
import { env } from "@/lib/env";
import { FontPreload } from "./font-preload";
import "./globals.css";

export function generateMetadata(): Metadata {
  const { APP_URL, STORE_NAME } = env();
  return {
    metadataBase: new URL(APP_URL),
    applicationName: STORE_NAME,
    title: { default: `${STORE_NAME} · Courses in Python and SQL`, template: `%s · ${STORE_NAME}` },
    description: "Courses in Python and SQL, to read and to work through. Bought once, kept for good.",
    openGraph: { siteName: STORE_NAME, type: "website" },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f0" },
    { media: "(prefers-color-scheme: dark)", color: "#171612" },
  ],
};

/** Around every page. It holds nothing of a request, so that public pages stay static. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <FontPreload />
        {/* Before the first paint, and external so that a strict policy needs no exception for it. */}
        <script src="/theme.js" />
      </head>
      <body>
        <a
          href="#main"
          className="absolute -top-16 left-4 z-toast rounded-md bg-surface px-4 py-3 focus:top-3 print:hidden"
        >
          Skip to content
        </a>
        {children}
        <SavedTheme />
        <SoftNavigation />
        <Toaster />
      </body>
    </html>
  );
}
