"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { type ButtonLook } from "./button-look";

export interface CopyButtonProps {
  text: string;
  label?: string | undefined;
  variant?: ButtonLook["variant"];
  size?: ButtonLook["size"];
}

/** Puts a text on the clipboard and says that it did. */
export function CopyButton({ text, label = "Copy", variant = "secondary", size = "sm" }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 3000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Without HTTPS or permission the browser keeps its clipboard to itself.
      setState("failed");
    }
  };
  const word = state === "copied" ? "Copied" : state === "failed" ? "Could not copy" : label;
  return (
    <>
      <Button variant={variant} size={size} icon={state === "copied" ? <Check /> : <Copy />} onClick={copy}>{word}</Button>
      <span role="status" className="sr-only">{state === "idle" ? "" : word}</span>
    </>
  );
}
