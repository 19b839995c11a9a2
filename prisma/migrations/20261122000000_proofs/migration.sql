-- What a request said, beside its id: the same id with other words is a conflict, not a repetition. The id itself is kept
-- as a keyed hash, since a host may put anything into it.
ALTER TABLE "ledger_entry" ADD COLUMN "request_digest" BYTEA;

-- SHA-256 over a salt and what identifies a person. Entries name it, so that nobody can be put in another's place; the
-- salt lies sealed with the identity and goes with it.
ALTER TABLE "person" ADD COLUMN "commitment" BYTEA;

-- Addresses and refs of forgotten people who must not be written to or taken in again without asking: keyed hashes, apart
-- from any person.
CREATE TABLE "suppression" (
    "hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "suppression_pkey" PRIMARY KEY ("hash")
);
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_kind" CHECK ("kind" IN ('email', 'ref') AND octet_length("hash") = 32);
GRANT SELECT, INSERT ON "suppression" TO handshake_app;
CREATE TRIGGER "suppression_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "suppression"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Mail that waits for somebody goes when they are forgotten.
ALTER TABLE "outbox" ADD COLUMN "person_id" UUID;
CREATE INDEX "outbox_person" ON "outbox" ("person_id") WHERE "person_id" IS NOT NULL;

-- Forgetting takes a person's answers away; the ledger keeps that they were given.
GRANT DELETE ON "permission", "acceptance", "serving" TO handshake_app;

CREATE FUNCTION tally_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT use_id, version, state, -count(*) FROM old_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, -count(*) FROM old_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state) DO UPDATE SET count = tally.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION tally_deleted() FROM PUBLIC;
CREATE TRIGGER "permission_tally_deleted" AFTER DELETE ON "permission" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_deleted();
CREATE TRIGGER "acceptance_tally_deleted" AFTER DELETE ON "acceptance" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tally_deleted();

-- A forgotten person has nothing left that identifies them, and stays forgotten.
ALTER TABLE "person" ADD CONSTRAINT "person_forgotten" CHECK ("forgotten_at" IS NULL
  OR ("ref_hash" IS NULL AND "email_hash" IS NULL AND "wrapped_key" IS NULL AND "sealed" IS NULL AND "commitment" IS NULL));
CREATE FUNCTION keep_forgotten() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'who is forgotten stays forgotten' USING ERRCODE = 'HS004';
END $$;
CREATE TRIGGER "person_stays_forgotten" BEFORE UPDATE ON "person" FOR EACH ROW
  WHEN (OLD."forgotten_at" IS NOT NULL) EXECUTE FUNCTION keep_forgotten();
CREATE FUNCTION refuse_for_forgotten() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN person p ON p.id = n.person_id AND p.forgotten_at IS NOT NULL) THEN
    RAISE EXCEPTION 'who is forgotten answers nothing' USING ERRCODE = 'HS004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "permission_of_remembered" AFTER INSERT ON "permission" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "acceptance_of_remembered" AFTER INSERT ON "acceptance" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "serving_of_remembered" AFTER INSERT ON "serving" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "person_link_of_remembered" AFTER INSERT ON "person_link" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "person_session_of_remembered" AFTER INSERT ON "person_session" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "outbox_of_remembered" AFTER INSERT ON "outbox" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();

-- Statement triggers fire for statements that touched no row too: an answer given for the first time updates none, one
-- that replaces another inserts none. Then there is nothing to count.
CREATE OR REPLACE FUNCTION tally_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM new_rows) THEN
    RETURN NULL;
  END IF;
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
CREATE OR REPLACE FUNCTION tally_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM new_rows) THEN
    RETURN NULL;
  END IF;
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
