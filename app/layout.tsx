import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "./globals.css";
import { type Metadata, type Viewport } from "next";
import { type ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";

export const metadata: Metadata = {
  title: { default: "Handshake", template: "%s · Handshake" },
  description: "Privacy policies and permissions that keep the deal.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbf9f4" },
    { media: "(prefers-color-scheme: dark)", color: "#111513" },
  ],
};

/** What every page stands in. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <SkipLink />
        {children}
      </body>
    </html>
  );
}
