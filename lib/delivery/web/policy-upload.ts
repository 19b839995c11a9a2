import type { FormState } from "@/lib/contract/form";
import { policyImport } from "@/lib/contract/policy";
import type { ImportSummary } from "@/lib/contract/policy-views";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { Refusal } from "@/lib/domain/refusal";
import { importLimits } from "@/lib/text/import-limits";
import type { HistoryInput } from "@/lib/text/policy-history";
import { checkPolicyHistory, importPolicyHistory } from "@/lib/usecases/import-policy-history";

/** Fields and separators around the files, in bytes. */
const around = 512 * 1024;

/** Whether a request says that it is larger than an import may be; it is not read then. */
export function isTooLarge(headers: Headers): boolean {
  return Number(headers.get("content-length") ?? 0) > importLimits.totalBytes + around;
}

export function tooLarge(): Refusal {
  const message = `These files are larger than ${importLimits.totalBytes / 1024 / 1024} MB together. Leave out what is not policy text, or import in parts.`;
  return new Refusal("too-large", message, { faults: [{ path: "files", message }] });
}

/** Runs the import form: `intent` says whether to import or only to check what an import would do. */
export async function runImport(form: FormData): Promise<FormState<ImportSummary>> {
  const fields = new FormData();
  for (const [name, value] of form.entries()) if (typeof value === "string" && !["intent", "date", "summary"].includes(name)) fields.append(name, value);
  return runForm(fields, {
    schema: policyImport,
    actor: requireStaff,
    act: async (actor, input) => {
      const files = await filesIn(form);
      const result = form.get("intent") === "import" ? await importPolicyHistory(actor, input, files) : await checkPolicyHistory(actor, input, files);
      return { message: result.imported ? "Imported." : "Checked.", result };
    },
  });
}

/** The chosen files with their bytes; single texts with the date and summary that stand beside them. */
async function filesIn(form: FormData): Promise<HistoryInput[]> {
  const chosen = (name: string) => form.getAll(name).filter((value): value is File => value instanceof File && (value.name !== "" || value.size > 0));
  const [folder, archive, texts] = [chosen("folder"), chosen("archive"), chosen("texts")];
  const all = [...folder, ...archive, ...texts];
  const kinds = [folder, archive, texts].filter((files) => files.length > 0).length;
  if (kinds > 1) throw atFiles("Choose a folder, an archive or single texts, not several of them at once.");
  if (all.length === 0) throw atFiles("Choose a folder, a .zip archive or Markdown files.");
  if (all.reduce((sum, file) => sum + file.size, 0) > importLimits.totalBytes) throw tooLarge();
  const [dates, summaries] = [form.getAll("date"), form.getAll("summary")];
  const said = (values: readonly FormDataEntryValue[], index: number) => {
    const value = values[index];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  return Promise.all(
    all.map(async (file, index) => ({
      path: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      ...(texts.length > 0 ? { date: said(dates, index), summary: said(summaries, index) } : {}),
    })),
  );
}

function atFiles(message: string): Refusal {
  return new Refusal("invalid", message, { faults: [{ path: "files", message }] });
}
