"use client";

import { WentWrong } from "@/components/shell/went-wrong";

/** Any page that failed while it was made. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <title>Something went wrong · Handshake</title>
      <WentWrong error={error} retry={retry} />
    </>
  );
}
