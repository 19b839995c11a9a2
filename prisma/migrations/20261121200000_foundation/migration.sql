-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisation" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "reask" TEXT NOT NULL DEFAULT 'any',
    "two_pairs_of_eyes" BOOLEAN NOT NULL DEFAULT true,
    "default_locale" TEXT NOT NULL DEFAULT 'en',
    "contact_email" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "taxonomy_term" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "parent_key" TEXT,
    "origin" TEXT NOT NULL DEFAULT 'own',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "taxonomy_term_pkey" PRIMARY KEY ("kind","key")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "index" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "leaf" BYTEA NOT NULL,
    "previous" BYTEA NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" UUID,
    "staff_id" UUID,
    "subject" TEXT,
    "request_id" TEXT NOT NULL,
    "request_position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("index")
);

-- CreateTable
CREATE TABLE "ledger_node" (
    "level" SMALLINT NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "ledger_node_pkey" PRIMARY KEY ("level","position")
);

-- CreateTable
CREATE TABLE "ledger_checkpoint" (
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "ref_hash" BYTEA,
    "email_hash" BYTEA,
    "wrapped_key" BYTEA,
    "sealed" BYTEA,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "forgotten_at" TIMESTAMPTZ(6),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_link" (
    "digest" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "person_link_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "person_session" (
    "digest" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "person_session_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "permission" (
    "person_id" UUID NOT NULL,
    "use_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "channel" TEXT NOT NULL,
    "shown" BYTEA,
    "entry_index" BIGINT NOT NULL,

    CONSTRAINT "permission_pkey" PRIMARY KEY ("person_id","use_id")
);

-- CreateTable
CREATE TABLE "acceptance" (
    "person_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,
    "channel" TEXT NOT NULL,
    "shown" BYTEA,
    "entry_index" BIGINT NOT NULL,

    CONSTRAINT "acceptance_pkey" PRIMARY KEY ("person_id","policy_id")
);

-- CreateTable
CREATE TABLE "serving" (
    "person_id" UUID NOT NULL,
    "shown" BYTEA NOT NULL,
    "served_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "channel" TEXT NOT NULL,

    CONSTRAINT "serving_pkey" PRIMARY KEY ("person_id","shown")
);

-- CreateTable
CREATE TABLE "shown_content" (
    "digest" BYTEA NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shown_content_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "tally" (
    "subject" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("subject","version","state")
);

-- CreateTable
CREATE TABLE "tally_day" (
    "subject" UUID NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "tally_day_pkey" PRIMARY KEY ("subject","day","version","state")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "asks" TEXT NOT NULL DEFAULT 'acknowledge',
    "source" TEXT,
    "licence" TEXT,
    "attribution" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'written',
    "change_note" TEXT NOT NULL DEFAULT '',
    "editorial" BOOLEAN NOT NULL DEFAULT false,
    "asked_since" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "author_ids" UUID[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "proposed_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "published_by_id" UUID,
    "two_pairs_of_eyes" BOOLEAN NOT NULL DEFAULT true,
    "in_force_from" TIMESTAMPTZ(6),
    "cancelled_at" TIMESTAMPTZ(6),
    "replaces_id" UUID,
    "source_digest" BYTEA,
    "source_file" TEXT,
    "digest" BYTEA,
    "entry_index" BIGINT,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_text" (
    "version_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "markdown" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "policy_text_pkey" PRIMARY KEY ("version_id","locale")
);

-- CreateTable
CREATE TABLE "policy_citation" (
    "version_id" UUID NOT NULL,
    "clause" TEXT NOT NULL,
    "use_id" UUID NOT NULL,

    CONSTRAINT "policy_citation_pkey" PRIMARY KEY ("version_id","clause","use_id")
);

-- CreateTable
CREATE TABLE "prompt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "use_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "prompt_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "change_note" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "author_ids" UUID[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "proposed_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "published_by_id" UUID,
    "two_pairs_of_eyes" BOOLEAN NOT NULL DEFAULT true,
    "replaces_id" UUID,
    "digest" BYTEA,
    "entry_index" BIGINT,

    CONSTRAINT "prompt_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_text" (
    "version_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "benefit" TEXT NOT NULL,
    "if_no" TEXT NOT NULL,
    "yes_label" TEXT NOT NULL,
    "no_label" TEXT NOT NULL,

    CONSTRAINT "prompt_text_pkey" PRIMARY KEY ("version_id","locale")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(6),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "digest" BYTEA NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT,
    "role" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_use" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_use_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "use_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "change_note" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "author_ids" UUID[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "proposed_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "published_by_id" UUID,
    "two_pairs_of_eyes" BOOLEAN NOT NULL DEFAULT true,
    "reask" TEXT,
    "replaces_id" UUID,
    "digest" BYTEA,
    "entry_index" BIGINT,

    CONSTRAINT "data_use_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "version_coverage" (
    "use_id" UUID NOT NULL,
    "answered" INTEGER NOT NULL,
    "requested" INTEGER NOT NULL,
    "carries" BOOLEAN NOT NULL,

    CONSTRAINT "version_coverage_pkey" PRIMARY KEY ("use_id","answered","requested")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_request_id_request_position_key" ON "ledger_entry"("request_id", "request_position");

-- CreateIndex
CREATE UNIQUE INDEX "person_ref_hash_key" ON "person"("ref_hash");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_hash_key" ON "person"("email_hash");

-- CreateIndex
CREATE INDEX "person_link_person_id_idx" ON "person_link"("person_id");

-- CreateIndex
CREATE INDEX "person_session_person_id_idx" ON "person_session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_key_key" ON "policy"("key");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_policy_id_number_key" ON "policy_version"("policy_id", "number");

-- CreateIndex
CREATE INDEX "policy_citation_use_id_idx" ON "policy_citation"("use_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_use_id_key" ON "prompt"("use_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_version_prompt_id_number_key" ON "prompt_version"("prompt_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE INDEX "staff_session_staff_id_idx" ON "staff_session"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_digest_key" ON "invitation"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "data_use_key_key" ON "data_use"("key");

-- CreateIndex
CREATE UNIQUE INDEX "data_use_version_use_id_number_key" ON "data_use_version"("use_id", "number");

-- AddForeignKey
ALTER TABLE "person_link" ADD CONSTRAINT "person_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_session" ADD CONSTRAINT "person_session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "permission" ADD CONSTRAINT "permission_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "permission" ADD CONSTRAINT "permission_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance" ADD CONSTRAINT "acceptance_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance" ADD CONSTRAINT "acceptance_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "policy_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_text" ADD CONSTRAINT "policy_text_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "policy_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_citation" ADD CONSTRAINT "policy_citation_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "policy_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_citation" ADD CONSTRAINT "policy_citation_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "prompt_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_text" ADD CONSTRAINT "prompt_text_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "data_use_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_coverage" ADD CONSTRAINT "version_coverage_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ── What Prisma cannot express ──────────────────────────────────────────────────────────────────────────────────────

-- The role the application runs under. Whoever migrates owns the tables; this role gets only what is granted below.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'handshake_app') THEN
    CREATE ROLE handshake_app NOLOGIN;
  END IF;
END $$;

INSERT INTO "organisation" ("id", "name") VALUES (1, 'Your organisation');
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_one_row" CHECK ("id" = 1);
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_reask" CHECK ("reask" IN ('any', 'wider'));

-- ── Words that columns may hold ─────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "staff" ADD CONSTRAINT "staff_role" CHECK ("role" IN ('officer', 'approver', 'compliance', 'admin'));
ALTER TABLE "staff" ADD CONSTRAINT "staff_email_lower" CHECK ("email" = lower("email"));
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_role" CHECK ("role" IN ('officer', 'approver', 'compliance', 'admin'));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_scopes" CHECK ("scopes" <@ ARRAY['ask', 'decide', 'remember', 'audit']);
ALTER TABLE "taxonomy_term" ADD CONSTRAINT "taxonomy_term_kind" CHECK ("kind" IN ('category', 'purpose', 'subject'));
ALTER TABLE "taxonomy_term" ADD CONSTRAINT "taxonomy_term_origin" CHECK ("origin" IN ('fideslang', 'own'));
ALTER TABLE "policy" ADD CONSTRAINT "policy_asks" CHECK ("asks" IN ('accept', 'acknowledge', 'nothing'));
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_origin" CHECK ("origin" IN ('written', 'imported'));
ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_basis" CHECK ("legal_basis" IN
  ('consent', 'contract', 'legal-obligation', 'vital-interests', 'public-task', 'legitimate-interests'));
ALTER TABLE "permission" ADD CONSTRAINT "permission_state" CHECK ("state" IN ('granted', 'refused', 'withdrawn', 'objected'));
ALTER TABLE "acceptance" ADD CONSTRAINT "acceptance_state" CHECK ("state" IN ('accepted', 'acknowledged', 'refused'));

-- ── One number per version, one draft at a time, one chain of published versions ────────────────────────────────────
-- Two people publishing at once: both name the version they replace, and only one can replace it.
CREATE UNIQUE INDEX "data_use_version_one_draft" ON "data_use_version" ("use_id") WHERE "published_at" IS NULL;
CREATE UNIQUE INDEX "data_use_version_one_chain" ON "data_use_version" ("use_id", "replaces_id") NULLS NOT DISTINCT
  WHERE "published_at" IS NOT NULL;
CREATE INDEX "data_use_version_live" ON "data_use_version" ("use_id", "number" DESC) WHERE "published_at" IS NOT NULL;

CREATE UNIQUE INDEX "prompt_version_one_draft" ON "prompt_version" ("prompt_id") WHERE "published_at" IS NULL;
CREATE UNIQUE INDEX "prompt_version_one_chain" ON "prompt_version" ("prompt_id", "replaces_id") NULLS NOT DISTINCT
  WHERE "published_at" IS NOT NULL;

CREATE UNIQUE INDEX "policy_version_one_draft" ON "policy_version" ("policy_id")
  WHERE "published_at" IS NULL AND "origin" = 'written';
CREATE UNIQUE INDEX "policy_version_one_chain" ON "policy_version" ("policy_id", "replaces_id") NULLS NOT DISTINCT
  WHERE "published_at" IS NOT NULL AND "cancelled_at" IS NULL;
-- Exactly one version is in force at any instant: no two may begin at the same one.
CREATE UNIQUE INDEX "policy_version_one_in_force" ON "policy_version" ("policy_id", "in_force_from")
  WHERE "published_at" IS NOT NULL AND "cancelled_at" IS NULL;
-- Importing again changes nothing.
CREATE UNIQUE INDEX "policy_version_imported_once" ON "policy_version" ("policy_id", "in_force_from")
  WHERE "origin" = 'imported';

ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_two_pairs_of_eyes"
  CHECK ("published_at" IS NULL OR NOT "two_pairs_of_eyes" OR NOT ("published_by_id" = ANY ("author_ids")));
ALTER TABLE "data_use_version" ADD CONSTRAINT "data_use_version_published_whole" CHECK ("published_at" IS NULL OR
  ("published_by_id" IS NOT NULL AND "digest" IS NOT NULL AND "entry_index" IS NOT NULL AND "reask" IN ('any', 'wider')));
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_two_pairs_of_eyes"
  CHECK ("published_at" IS NULL OR NOT "two_pairs_of_eyes" OR NOT ("published_by_id" = ANY ("author_ids")));
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_published_whole" CHECK ("published_at" IS NULL OR
  ("published_by_id" IS NOT NULL AND "digest" IS NOT NULL AND "entry_index" IS NOT NULL));
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_two_pairs_of_eyes"
  CHECK ("published_at" IS NULL OR NOT "two_pairs_of_eyes" OR NOT ("published_by_id" = ANY ("author_ids")));
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_published_whole" CHECK ("published_at" IS NULL OR
  ("published_by_id" IS NOT NULL AND "digest" IS NOT NULL AND "entry_index" IS NOT NULL AND "in_force_from" IS NOT NULL
   AND "asked_since" IS NOT NULL AND "asked_since" <= "number"));
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_not_backdated"
  CHECK ("published_at" IS NULL OR "origin" = 'imported' OR "in_force_from" >= "published_at");
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_cancelled_before_force"
  CHECK ("cancelled_at" IS NULL OR "cancelled_at" < "in_force_from");

-- ── What is published does not change ───────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- A scheduled policy version may be called off, and nothing else about it may change.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'policy_version' THEN
    IF to_jsonb(NEW) - 'cancelled_at' = to_jsonb(OLD) - 'cancelled_at'
       AND to_jsonb(OLD) ->> 'cancelled_at' IS NULL
       AND (to_jsonb(OLD) ->> 'in_force_from')::timestamptz > clock_timestamp() THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what is published does not change (% %)', TG_TABLE_NAME, OLD.id USING ERRCODE = 'HS002';
END $$;
CREATE TRIGGER "data_use_version_frozen" BEFORE UPDATE OR DELETE ON "data_use_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER "prompt_version_frozen" BEFORE UPDATE OR DELETE ON "prompt_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER "policy_version_frozen" BEFORE UPDATE OR DELETE ON "policy_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();

CREATE FUNCTION refuse_change_of_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent text := CASE TG_TABLE_NAME WHEN 'prompt_text' THEN 'prompt_version' ELSE 'policy_version' END;
  fixed boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id IN ($1, $2) AND published_at IS NOT NULL)', parent)
    INTO fixed
    USING CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.version_id END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.version_id END;
  IF fixed THEN
    RAISE EXCEPTION 'what is published does not change (%)', TG_TABLE_NAME USING ERRCODE = 'HS002';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER "policy_text_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "policy_text"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_part();
CREATE TRIGGER "policy_citation_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "policy_citation"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_part();
CREATE TRIGGER "prompt_text_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "prompt_text"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_part();

-- A version is published as the next link of its chain: behind a published version of the same thing, with a higher
-- number, and (for policies) coming into force later.
CREATE FUNCTION require_next_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  linked boolean;
  owner_column text := CASE TG_TABLE_NAME WHEN 'data_use_version' THEN 'use_id' WHEN 'prompt_version' THEN 'prompt_id' ELSE 'policy_id' END;
  later text := CASE TG_TABLE_NAME WHEN 'policy_version' THEN ' AND p.cancelled_at IS NULL AND p.in_force_from < ($1).in_force_from' ELSE '' END;
BEGIN
  IF NEW.published_at IS NULL OR NEW.replaces_id IS NULL THEN RETURN NULL; END IF;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I p WHERE p.id = ($1).replaces_id AND p.%I = ($1).%I AND p.number < ($1).number AND p.published_at IS NOT NULL%s)',
    TG_TABLE_NAME, owner_column, owner_column, later) INTO linked USING NEW;
  IF NOT linked THEN
    RAISE EXCEPTION 'a version replaces the one before it (% %)', TG_TABLE_NAME, NEW.id USING ERRCODE = 'HS003';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "data_use_version_next_link" AFTER INSERT OR UPDATE ON "data_use_version"
  FOR EACH ROW EXECUTE FUNCTION require_next_link();
CREATE TRIGGER "prompt_version_next_link" AFTER INSERT OR UPDATE ON "prompt_version"
  FOR EACH ROW EXECUTE FUNCTION require_next_link();
CREATE TRIGGER "policy_version_next_link" AFTER INSERT OR UPDATE ON "policy_version"
  FOR EACH ROW EXECUTE FUNCTION require_next_link();

-- ── The ledger: insert and select, linked, without gaps ─────────────────────────────────────────────────────────────
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_index" CHECK ("index" >= 0);
ALTER TABLE "ledger_node" ADD CONSTRAINT "ledger_node_hash" CHECK (octet_length("hash") = 32);
CREATE INDEX "ledger_entry_person" ON "ledger_entry" ("person_id", "index") WHERE "person_id" IS NOT NULL;
CREATE INDEX "ledger_entry_subject" ON "ledger_entry" ("subject", "index") WHERE "subject" IS NOT NULL;
CREATE INDEX "ledger_entry_kind" ON "ledger_entry" ("kind", "index");

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger only grows (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HS001';
END $$;
CREATE TRIGGER "ledger_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_node_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_node"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_checkpoint_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_checkpoint"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "shown_content_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "shown_content"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "version_coverage_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "version_coverage"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION require_linked_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad bigint;
BEGIN
  SELECT n.index INTO bad FROM new_rows n LEFT JOIN ledger_entry p ON p.index = n.index - 1
   WHERE n.leaf <> sha256('\x00'::bytea || convert_to(n.body, 'UTF8'))
      OR (n.index = 0 AND n.previous <> decode(repeat('00', 32), 'hex'))
      OR (n.index > 0 AND (p.index IS NULL OR p.leaf <> n.previous OR p.recorded_at > n.recorded_at))
   ORDER BY n.index LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'entry % does not follow from the one before it', bad USING ERRCODE = 'HS001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "ledger_entry_linked" AFTER INSERT ON "ledger_entry"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION require_linked_entries();

CREATE FUNCTION require_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.digest <> sha256(convert_to(NEW.body, 'UTF8')) THEN
    RAISE EXCEPTION 'shown content is stored under its own digest' USING ERRCODE = 'HS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "shown_content_digest" BEFORE INSERT ON "shown_content" FOR EACH ROW EXECUTE FUNCTION require_digest();

-- ── Counting by triggers, so that no path of code can forget it ─────────────────────────────────────────────────────
CREATE FUNCTION tally_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_TABLE_NAME = 'person' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT '00000000-0000-0000-0000-000000000000', 0, 'person', count(*) FROM new_rows HAVING count(*) > 0
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
  ELSIF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT use_id, version, state, count(*) FROM new_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT use_id, (answered_at AT TIME ZONE 'UTC')::date, version, state, count(*) FROM new_rows GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, count(*) FROM new_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT policy_id, (answered_at AT TIME ZONE 'UTC')::date, version, state, count(*) FROM new_rows GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION tally_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_TABLE_NAME = 'person' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT '00000000-0000-0000-0000-000000000000', 0, 'person', -count(*) FROM new_rows n JOIN old_rows o USING (id)
        WHERE o.forgotten_at IS NULL AND n.forgotten_at IS NOT NULL HAVING count(*) > 0
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
  ELSIF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT use_id, version, state, sum(step) FROM (
        SELECT use_id, version, state, 1 AS step FROM new_rows UNION ALL SELECT use_id, version, state, -1 FROM old_rows) moved
      GROUP BY 1, 2, 3 HAVING sum(step) <> 0 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT n.use_id, (n.answered_at AT TIME ZONE 'UTC')::date, n.version, n.state, count(*) FROM new_rows n
        JOIN old_rows o USING (person_id, use_id) WHERE n.entry_index <> o.entry_index GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, sum(step) FROM (
        SELECT policy_id, version, state, 1 AS step FROM new_rows UNION ALL SELECT policy_id, version, state, -1 FROM old_rows) moved
      GROUP BY 1, 2, 3 HAVING sum(step) <> 0 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT n.policy_id, (n.answered_at AT TIME ZONE 'UTC')::date, n.version, n.state, count(*) FROM new_rows n
        JOIN old_rows o USING (person_id, policy_id) WHERE n.entry_index <> o.entry_index GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "person_tally_inserted" AFTER INSERT ON "person" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_inserted();
CREATE TRIGGER "person_tally_updated" AFTER UPDATE ON "person" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_updated();
CREATE TRIGGER "permission_tally_inserted" AFTER INSERT ON "permission" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_inserted();
CREATE TRIGGER "permission_tally_updated" AFTER UPDATE ON "permission" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_updated();
CREATE TRIGGER "acceptance_tally_inserted" AFTER INSERT ON "acceptance" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_inserted();
CREATE TRIGGER "acceptance_tally_updated" AFTER UPDATE ON "acceptance" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_updated();

CREATE INDEX "person_created" ON "person" ("created_at" DESC, "id" DESC);
CREATE INDEX "permission_use" ON "permission" ("use_id", "version", "person_id");
CREATE INDEX "acceptance_policy" ON "acceptance" ("policy_id", "version", "person_id");
CREATE INDEX "outbox_due" ON "outbox" ("due_at") WHERE "done_at" IS NULL;

-- ── Privileges: what the application may do, table by table ─────────────────────────────────────────────────────────
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO handshake_app;
GRANT SELECT, INSERT ON "ledger_entry", "ledger_node", "ledger_checkpoint", "shown_content", "version_coverage", "serving", "taxonomy_term" TO handshake_app;
GRANT SELECT ON "tally", "tally_day" TO handshake_app;
GRANT SELECT, UPDATE ON "organisation" TO handshake_app;
GRANT SELECT, INSERT, UPDATE ON "staff", "staff_session", "invitation", "api_key", "data_use", "policy", "prompt",
  "person", "person_link", "person_session", "permission", "acceptance" TO handshake_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "data_use_version", "policy_version", "policy_text", "policy_citation",
  "prompt_version", "prompt_text", "rate_limit", "outbox" TO handshake_app;
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON "_prisma_migrations" TO handshake_app;
  END IF;
END $$;
