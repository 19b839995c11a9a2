"use client";

import { ShieldCheck, X } from "lucide-react";
import { type FormEvent, useActionState, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { idle, type FormState } from "@/lib/contract/form";
import type { LedgerVerdict } from "@/lib/contract/ledger-verdict";
import { verify, type Verification } from "./read-verification";
import { progressInWords, verdictInWords } from "./verdict-words";

type Props = {
  /** Verifies without a script, and shows nothing until it is done. */
  action: (before: FormState<LedgerVerdict>, form: FormData) => Promise<FormState<LedgerVerdict>>;
  /** Verifies for a script, and tells how far it is. */
  address: string;
};

type Stage = { readonly is: "waiting" } | { readonly is: "running"; readonly holds: number; readonly size: number } | { readonly is: "stopped" } | { readonly is: "done"; readonly came: Verification };

/** Verifies every entry, shows how far it is, and what came of it. */
export function VerifyLedger({ action, address }: Props) {
  const [served, submit] = useActionState(action, idle);
  const [stage, setStage] = useState<Stage>({ is: "waiting" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (running.current) return;
    const stop = (running.current = new AbortController());
    setStage({ is: "running", holds: 0, size: 0 });
    try {
      const came = await verify(address, stop.signal, (holds, size) => setStage({ is: "running", holds, size }));
      setStage({ is: "done", came });
    } catch {
      setStage({ is: "stopped" });
    }
    running.current = null;
  };

  const came = stage.is === "done" ? stage.came : stage.is === "waiting" ? cameOf(served) : null;
  return (
    <div className="space-y-4">
      {came ? <Came came={came} /> : null}
      {stage.is === "stopped" ? <p role="status" className="text-muted">Stopped. Nothing was found up to there.</p> : null}
      {stage.is === "running" ? (
        <div className="space-y-4">
          <Progress label="Verifying" {...(stage.size > 0 ? { value: stage.holds, max: stage.size } : {})} detail={progressInWords(stage.holds, stage.size)} />
          <Button icon={<X />} onClick={() => running.current?.abort()}>Cancel</Button>
        </div>
      ) : (
        <form action={submit} onSubmit={start}>
          <SubmitButton icon={<ShieldCheck />} pendingLabel="Verifying…">{came ? "Verify again" : "Verify every entry"}</SubmitButton>
        </form>
      )}
    </div>
  );
}

function cameOf(state: FormState<LedgerVerdict>): Verification | null {
  if (state.status === "idle") return null;
  return state.status === "done" ? { verdict: state.result } : { failed: state.message };
}

function Came({ came }: { came: Verification }) {
  if ("failed" in came) return <Notice tone="danger" result title="This came to no end">{came.failed}</Notice>;
  const { tone, title, words, look } = verdictInWords(came.verdict);
  return (
    <Notice tone={tone} result title={title} actions={look === null ? undefined : <TextLink href={`/studio/ledger/${look}`}>{`Look at entry ${look.toLocaleString("en-GB")}`}</TextLink>}>
      {words}
    </Notice>
  );
}
