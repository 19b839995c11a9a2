"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

/** A password to be, typed once: it can be looked at instead of typed again. */
export function NewPasswordField({ error }: { error: string[] | undefined }) {
  const [seen, setSeen] = useState(false);
  return (
    <Field name="password" label="Password" hint="At least 12 characters. A short sentence is easy to remember." error={error} required>
      {(control) => (
        <div className="flex gap-2">
          <TextInput {...control} type={seen ? "text" : "password"} autoComplete="new-password" spellCheck={false} autoCapitalize="none" className="flex-1" />
          <Button icon={seen ? <EyeOff /> : <Eye />} aria-pressed={seen} aria-controls="password" onClick={() => setSeen(!seen)}>
            {seen ? "Hide" : "Show"}
            <span className="sr-only"> password</span>
          </Button>
        </div>
      )}
    </Field>
  );
}
