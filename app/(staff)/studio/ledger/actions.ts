"use server";

import { z } from "zod";
import type { FormState } from "@/lib/contract/form";
import type { LedgerVerdict } from "@/lib/contract/ledger-verdict";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";

/** Verifies the whole ledger for a browser without scripts, which waits for the end. */
export async function verifyLedgerAction(_before: FormState<LedgerVerdict>, form: FormData): Promise<FormState<LedgerVerdict>> {
  return runForm(form, {
    schema: z.strictObject({}),
    actor: () => requireStaff("/studio/ledger"),
    act: async (staff) => ({ message: "Verified.", result: await verifyWholeLedger(staff) }),
  });
}
