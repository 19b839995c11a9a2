"use client";

import { FileText, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { classNames } from "./class-names";
import { Field, type FieldWords } from "./field";
import { Icon } from "./icon";
import { useFormReset } from "./use-form-reset";

export type FileDropProps = FieldWords & {
  /** As in `<input accept>`: ".zip,.md". */
  accept?: string | undefined;
  multiple?: boolean | undefined;
  /** A whole folder at once, where the browser can. */
  folder?: boolean | undefined;
};

interface Picked {
  name: string;
  /** Bytes. */
  size: number;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/**
 * A native file input that fills the whole area, so that dropping a file on it is the
 * browser's own doing and works before (and without) any script of ours.
 */
export function FileDrop({ label, id, name, hint, error, required, optional, hideLabel, className, accept, multiple, folder }: FileDropProps) {
  const box = useRef<HTMLDivElement>(null);
  const resets = useFormReset(box);
  const [choice, setChoice] = useState<{ resets: number; files: readonly Picked[] }>({ resets, files: [] });
  const picked = choice.resets === resets ? choice.files : [];
  const [over, setOver] = useState(false);
  const total = picked.reduce((sum, file) => sum + file.size, 0);
  return (
    <Field {...{ label, id, name, hint, error, required, optional, hideLabel, className }}>
      {(control) => (
        <div
          ref={box}
          className={classNames(
            "relative grid min-h-36 place-items-center rounded-lg border border-dashed p-6 text-center transition-colors",
            "focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus hover:border-ink hover:bg-hover",
            over ? "border-accent bg-accent-soft" : "border-control bg-surface",
            control["aria-invalid"] && "border-bad",
          )}
        >
          <div>
            <Icon size="xl" className="text-accent">{picked.length > 0 ? <FileText /> : <FileUp />}</Icon>
            <p className="mt-2 font-medium text-ink" role="status">
              {picked.length === 0
                ? `Drop ${folder ? "a folder" : multiple ? "files" : "a file"} here, or choose`
                : picked.length === 1
                  ? picked[0]?.name
                  : `${picked.length} files`}
            </p>
            {picked.length > 0 ? <p className="tabular text-sm text-muted">{size(total)}</p> : null}
          </div>
          <input
            type="file"
            accept={accept}
            multiple={multiple}
            {...(folder ? { webkitdirectory: "" } : {})}
            {...control}
            className="absolute inset-0 size-full cursor-pointer text-sm opacity-0 noscript:static noscript:size-auto noscript:opacity-100"
            onChange={(event) => {
              const files = Array.from(event.currentTarget.files ?? [], (file) => ({ name: file.name, size: file.size }));
              setChoice({ resets, files });
            }}
            onDragEnter={() => setOver(true)}
            onDragLeave={() => setOver(false)}
            onDrop={() => setOver(false)}
          />
        </div>
      )}
    </Field>
  );
}
