-- What Global Privacy Control has against a version (see `gpcConcerns`), written when it is published: whoever decides about
-- somebody whose browser has sent the signal reads it beside the basis. Nobody publishes without saying it.
ALTER TABLE "data_use_version" ADD COLUMN "gpc_concern" TEXT;
-- Versions from before: only this once is the rule written in SQL. What is published is let go for it, and frozen again.
ALTER TABLE "data_use_version" DISABLE TRIGGER "data_use_version_frozen";
UPDATE "data_use_version" v SET "gpc_concern" = CASE
    WHEN v.terms ->> 'sharing' = 'sold' THEN 'sold'
    WHEN v.terms ->> 'sharing' = 'shared' OR (starts_with(p.purpose, 'third_party_sharing.') AND NOT starts_with(p.purpose, 'third_party_sharing.legal_obligation.')) THEN 'shared'
    WHEN EXISTS (SELECT 1 FROM unnest(ARRAY['marketing.advertising.first_party.targeted.', 'marketing.advertising.third_party.', 'marketing.advertising.profiling.', 'marketing.advertising.negative_targeting.']) t (targeting)
                  WHERE starts_with(p.purpose, t.targeting) OR starts_with(t.targeting, p.purpose)) THEN 'targeted'
    ELSE 'none' END
  FROM (SELECT id, (terms ->> 'purpose') || '.' AS purpose FROM "data_use_version") p
 WHERE p.id = v.id AND v.published_at IS NOT NULL;
ALTER TABLE "data_use_version" ENABLE TRIGGER "data_use_version_frozen";
ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_gpc_concern"
  CHECK ("gpc_concern" IN ('none', 'sold', 'shared', 'targeted') AND ("gpc_concern" IS NULL) = ("published_at" IS NULL));
