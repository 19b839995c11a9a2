"use client";

import { useEffect, useRef, useState } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { TextAreaField } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-input";
import { Trash2 } from "lucide-react";
import { localeName } from "@/lib/contract/locale-name";
import type { PolicyText } from "@/lib/contract/policy-views";
import { LivePreview, type PreviewAction } from "./live-preview";

export type DraftTextProps = {
  index: number;
  text: PolicyText;
  /** As last rendered by the server. */
  html: string;
  lead: boolean;
  errors: { title: string[] | undefined; markdown: string[] | undefined };
  preview: PreviewAction;
  remove: (() => void) | null;
  /** The page, which leaves a language out without a script. */
  here: string;
};

/** The text in one language: what is written on one side, what people will read on the other. */
export function DraftText({ index, text, html, lead, errors, preview, remove, here }: DraftTextProps) {
  const [title, setTitle] = useState(text.title);
  const [markdown, setMarkdown] = useState(text.markdown);
  const titleBox = useRef<HTMLInputElement>(null);
  const textBox = useRef<HTMLTextAreaElement>(null);
  // The boxes keep their own value, so that nothing typed before the script was there is lost; the preview catches up.
  useEffect(() => {
    if (titleBox.current) setTitle(titleBox.current.value);
    if (textBox.current) setMarkdown(textBox.current.value);
  }, []);
  const name = `texts[${index}]`;
  const language = localeName(text.locale);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-4 flex w-full items-center justify-between gap-4 border-b border-line pb-2">
        <span className="font-semibold text-ink">
          {language}
          {lead ? <span className="ml-2 text-sm font-normal text-muted">Data uses are cited from this one</span> : null}
        </span>
        {remove ? (
          <LinkButton
            size="sm"
            variant="quiet"
            icon={<Trash2 />}
            href={`${here}?without=${text.locale}`}
            onClick={(event) => {
              event.preventDefault();
              remove();
            }}
          >{`Remove ${language}`}</LinkButton>
        ) : null}
      </legend>
      <input type="hidden" name={`${name}.locale`} value={text.locale} />
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-2">
        <div className="space-y-5">
          <TextField name={`${name}.title`} label="Title" required maxLength={200} lang={text.locale} ref={titleBox} defaultValue={title} onChange={(event) => setTitle(event.target.value)} error={errors.title} />
          <TextAreaField
            name={`${name}.markdown`}
            label="Text"
            mono
            rows={26}
            spellCheck
            lang={text.locale}
            ref={textBox}
            defaultValue={markdown}
            onChange={(event) => setMarkdown(event.target.value)}
            error={errors.markdown}
            className="[&_textarea]:min-h-[28rem] [&_textarea]:leading-relaxed"
          />
        </div>
        <section aria-label={`Preview, ${language}`} className="min-w-0 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:self-start xl:overflow-y-auto" tabIndex={0}>
          <p className="mb-1.5 text-sm font-medium text-ink">Preview</p>
          <LivePreview markdown={markdown} title={title} locale={text.locale} first={html} preview={preview} />
        </section>
      </div>
    </fieldset>
  );
}
