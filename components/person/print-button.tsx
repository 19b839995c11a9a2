"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Opens the browser's own print dialog; where there are no scripts, says where that is. */
export function PrintButton() {
  return (
    <>
      <Button icon={<Printer />} className="noscript:hidden" onClick={() => window.print()}>Print</Button>
      <p className="hidden text-sm text-muted noscript:block">Print this page from your browser’s menu.</p>
    </>
  );
}
