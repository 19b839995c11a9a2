-- Answers say more: a newer version refused while an older grant is kept, a grant for one decision, an answer that was
-- given elsewhere. The row says what stands now; the entry at `entry_index` says how it came about.
ALTER TABLE "permission" ADD COLUMN "declined" INTEGER, ADD COLUMN "once" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "used_at" TIMESTAMPTZ(6),
  ADD COLUMN "imported_from" TEXT, ADD COLUMN "imported_at" TIMESTAMPTZ(6);
ALTER TABLE "permission" ADD CONSTRAINT "permission_declined" CHECK ("declined" IS NULL OR ("declined" > "version" AND "state" IN ('granted', 'withdrawn')));
ALTER TABLE "permission" ADD CONSTRAINT "permission_once" CHECK (NOT "once" OR "state" = 'granted');
ALTER TABLE "permission" ADD CONSTRAINT "permission_used" CHECK ("used_at" IS NULL OR "once");
-- What was shown elsewhere is not known here, so nothing imported passes for an answer to something shown.
ALTER TABLE "permission" ADD CONSTRAINT "permission_imported" CHECK (("imported_from" IS NULL) = ("imported_at" IS NULL) AND ("imported_from" IS NULL OR "shown" IS NULL));

-- Who answered for somebody: sealed under that person's key, so that it goes with them; entries name the commitment.
CREATE TABLE "guardian" (
    "person_id" UUID NOT NULL,
    "commitment" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "guardian_pkey" PRIMARY KEY ("person_id", "commitment")
);
ALTER TABLE "guardian" ADD CONSTRAINT "guardian_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "guardian" ADD CONSTRAINT "guardian_commitment" CHECK (octet_length("commitment") = 32);
GRANT SELECT, INSERT, DELETE ON "guardian" TO handshake_app;
CREATE TRIGGER "guardian_of_remembered" AFTER INSERT ON "guardian" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();

-- What came of bringing in earlier consents, row by row and without saying whose: the same request again gets the same reply.
CREATE TABLE "consent_import" (
    "request" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "imported" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "reply" TEXT NOT NULL,
    CONSTRAINT "consent_import_pkey" PRIMARY KEY ("request")
);
GRANT SELECT, INSERT ON "consent_import" TO handshake_app;
CREATE TRIGGER "consent_import_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "consent_import"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who keeps an earlier grant is counted at its version, apart from those who have yet to answer the newer one. A day's
-- answers count what was said on it: keeping is a no to the newer version, and nothing imported was said here at all.
ALTER TABLE "tally" ADD COLUMN "declined" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "tally" DROP CONSTRAINT "tally_pkey", ADD CONSTRAINT "tally_pkey" PRIMARY KEY ("subject", "version", "state", "declined");
CREATE OR REPLACE FUNCTION tally_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM new_rows) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'person' THEN
    INSERT INTO tally (subject, version, state, count)
      SELECT '00000000-0000-0000-0000-000000000000', 0, 'person', count(*) FROM new_rows HAVING count(*) > 0
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
  ELSIF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, declined, count)
      SELECT use_id, version, state, COALESCE(declined, 0), count(*) FROM new_rows GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT use_id, (answered_at AT TIME ZONE 'UTC')::date, CASE WHEN state = 'granted' THEN COALESCE(declined, version) ELSE version END,
             CASE WHEN state = 'granted' AND declined IS NOT NULL THEN 'refused' ELSE state END, count(*)
        FROM new_rows WHERE imported_from IS NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, count(*) FROM new_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
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
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
  ELSIF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, declined, count)
      SELECT use_id, version, state, COALESCE(declined, 0), sum(step) FROM (
        SELECT use_id, version, state, declined, 1 AS step FROM new_rows UNION ALL SELECT use_id, version, state, declined, -1 FROM old_rows) moved
      GROUP BY 1, 2, 3, 4 HAVING sum(step) <> 0 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT n.use_id, (n.answered_at AT TIME ZONE 'UTC')::date, CASE WHEN n.state = 'granted' THEN COALESCE(n.declined, n.version) ELSE n.version END,
             CASE WHEN n.state = 'granted' AND n.declined IS NOT NULL THEN 'refused' ELSE n.state END, count(*)
        FROM new_rows n JOIN old_rows o USING (person_id, use_id)
       WHERE n.entry_index <> o.entry_index AND n.imported_from IS NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, sum(step) FROM (
        SELECT policy_id, version, state, 1 AS step FROM new_rows UNION ALL SELECT policy_id, version, state, -1 FROM old_rows) moved
      GROUP BY 1, 2, 3 HAVING sum(step) <> 0 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
    INSERT INTO tally_day (subject, day, version, state, count)
      SELECT n.policy_id, (n.answered_at AT TIME ZONE 'UTC')::date, n.version, n.state, count(*) FROM new_rows n
        JOIN old_rows o USING (person_id, policy_id) WHERE n.entry_index <> o.entry_index GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, day, version, state) DO UPDATE SET count = tally_day.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tally_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'permission' THEN
    INSERT INTO tally (subject, version, state, declined, count)
      SELECT use_id, version, state, COALESCE(declined, 0), -count(*) FROM old_rows GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
  ELSE
    INSERT INTO tally (subject, version, state, count)
      SELECT policy_id, version, state, -count(*) FROM old_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (subject, version, state, declined) DO UPDATE SET count = tally.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;

-- Replacing a function forgets how it was tuned (see the migration of the tallies).
ALTER FUNCTION tally_updated() SET enable_hashjoin = on;
