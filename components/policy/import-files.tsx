"use client";

import { type FormEvent, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { DateTimeField } from "@/components/ui/date-time-input";
import { FieldError } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { TextField } from "@/components/ui/text-input";

/** Three ways to bring a history: a folder, an archive, or single texts with their dates. */
export function ImportFiles({ error }: { error: string[] | undefined }) {
  const [texts, setTexts] = useState<readonly string[]>([]);
  const listen = (event: FormEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "texts") setTexts(Array.from(event.target.files ?? [], (file) => file.name));
  };
  const dated = texts.length > 0 ? texts : [""];
  return (
    <fieldset id="files" tabIndex={-1} onChange={listen} className="min-w-0">
      <legend className="text-lg font-semibold text-ink">The files</legend>
      <p className="mb-4 text-sm text-muted">Choose one of the three, up to 20 MB. A folder or archive holds Markdown texts and a history.json that says when each came into force.</p>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-3">
        <FileDrop name="folder" label="A folder" folder multiple />
        <FileDrop name="archive" label="A .zip archive" accept=".zip,application/zip" />
        <FileDrop name="texts" label="Single texts" accept=".md,.markdown,.txt,text/markdown,text/plain" multiple />
      </div>
      <FieldError id="files-error" error={error} />
      <div className={classNames("mt-5 space-y-4 rounded-lg border border-line bg-sunken p-5", texts.length === 0 && "hidden noscript:block")}>
        {dated.map((name, index) => (
          <div key={`${name} ${index}`} className="grid grid-cols-1 gap-x-5 gap-y-3 md:grid-cols-[minmax(0,1fr)_16rem_minmax(0,1.4fr)] md:items-end">
            <p className="min-w-0 break-words pb-2 font-mono text-sm text-ink">{name || "The text"}</p>
            <DateTimeField id={`date-${index}`} name="date" label={<>In force from{ofFile(name)}</>} dateOnly />
            <TextField id={`summary-${index}`} name="summary" label={<>What changed{ofFile(name)}</>} optional maxLength={2000} />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** Which file a field is about, for those who do not see it beside. */
function ofFile(name: string) {
  return name ? <span className="sr-only">, {name}</span> : null;
}
