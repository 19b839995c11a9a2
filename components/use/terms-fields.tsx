import { Card } from "@/components/ui/card";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextAreaField } from "@/components/ui/text-area";
import { TextLink } from "@/components/ui/text-link";
import type { TreeNode } from "@/components/ui/tree";
import { TreePicker } from "@/components/ui/tree-picker";
import { faultsAt, typed, typedAll, type FormState } from "@/lib/contract/form";
import type { Word } from "@/lib/contract/taxonomy";
import type { Terms } from "@/lib/domain/terms";
import { faultsOfList } from "./errors-of";
import { RecipientRows } from "./recipient-rows";
import { RetentionFields } from "./retention-fields";
import { automationOptions, basisOptions, sharingOptions, sourceOptions } from "./words";

export interface TermsFieldsProps {
  terms: Terms;
  words: { readonly categories: readonly Word[]; readonly purposes: readonly Word[] };
  countries: readonly TreeNode[];
  state: FormState;
}

/** One group of fields per question that people have about their data. */
export function TermsFields({ terms, words, countries, state }: TermsFieldsProps) {
  const purpose = typed(state, "purpose", terms.purpose);
  return (
    <div className="space-y-6">
      <Card as="section" title="What, and what for" description="Be as specific as you can: “mountain bikes looked at” is easier to agree to than “browsing”.">
        <div className="space-y-6">
          <TreePicker
            name="categories[]"
            label="What is remembered"
            nodes={words.categories}
            defaultValue={typedAll(state, "categories[]", terms.categories)}
            error={faultsOfList(state, "categories")}
            searchLabel="Search kinds of data"
            emptyLabel="Choose kinds of data"
          />
          <TreePicker
            name="purpose"
            label="What it is used for"
            nodes={words.purposes}
            multiple={false}
            defaultValue={purpose === "" ? [] : [purpose]}
            error={faultsAt(state, "purpose")}
            searchLabel="Search purposes"
            emptyLabel="Choose one purpose"
          />
          <p className="text-sm text-muted">
            The word you need is missing? <TextLink href="/studio/uses/words">Add your own words</TextLink>.
          </p>
        </div>
      </Card>
      <Card as="section" title="What people get from it">
        <TextAreaField
          name="benefits"
          label="Promises"
          hint="One short sentence in each line, as the person would say it. They read this when they are asked."
          rows={4}
          optional
          defaultValue={typed(state, "benefits", terms.benefits.join("\n"))}
          error={faultsAt(state, "benefits")}
        />
      </Card>
      <Card as="section" title="How long">
        <RetentionFields retention={terms.retention} state={state} />
      </Card>
      <Card as="section" title="Who else">
        <div className="space-y-6">
          <RecipientRows recipients={terms.recipients} state={state} />
          <RadioGroup legend="Whether it is shared or sold" name="sharing" columns={3} options={sharingOptions} defaultValue={typed(state, "sharing", terms.sharing)} error={faultsAt(state, "sharing")} />
        </div>
      </Card>
      <Card as="section" title="How and where">
        <div className="space-y-6">
          <CheckboxGroup legend="How it becomes known" name="sources[]" columns={2} options={sourceOptions} defaultValue={typedAll(state, "sources[]", terms.sources)} error={faultsOfList(state, "sources")} />
          <TreePicker
            name="places[]"
            label="Where it is kept or used"
            hint="The countries where it is stored, or from where it is looked at."
            nodes={countries}
            defaultValue={typedAll(state, "places[]", terms.places)}
            error={faultsOfList(state, "places")}
            searchLabel="Search countries"
            emptyLabel="Choose countries"
          />
          <RadioGroup legend="What is decided automatically" name="automation" columns={2} options={automationOptions} defaultValue={typed(state, "automation", terms.automation)} error={faultsAt(state, "automation")} />
        </div>
      </Card>
      <Card as="section" title="Why it is allowed">
        <RadioGroup legend="Legal basis" hideLegend name="legalBasis" columns={2} options={basisOptions} defaultValue={typed(state, "legalBasis", terms.legalBasis)} error={faultsAt(state, "legalBasis")} />
      </Card>
    </div>
  );
}
