"use client";

import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "./globals.css";
import { WentWrong } from "@/components/shell/went-wrong";

/** When even the layout failed: its own document, in the same look. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Handshake</title>
        <WentWrong error={error} retry={retry} />
      </body>
    </html>
  );
}
