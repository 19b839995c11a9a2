-- For how many days what was remembered is kept out of everybody's reach after its permission ended, before it is
-- destroyed; 0: destroyed at once.
ALTER TABLE "organisation" ADD COLUMN "memory_freeze_days" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_memory_freeze_days" CHECK ("memory_freeze_days" BETWEEN 0 AND 365);

-- One thing remembered for a person. What it is called and what it says lie sealed under the person's own key; the hash
-- of its name is keyed, and another one for each person.
CREATE TABLE "memory_item" (
    "person_id" UUID NOT NULL,
    "name_hash" BYTEA NOT NULL,
    "use_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "entry_index" BIGINT,
    "stands_until" TIMESTAMPTZ(6),
    "category" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_read_at" TIMESTAMPTZ(6),
    "frozen_at" TIMESTAMPTZ(6),
    CONSTRAINT "memory_item_pkey" PRIMARY KEY ("person_id", "name_hash")
);
CREATE INDEX "memory_item_person_id_use_id_idx" ON "memory_item"("person_id", "use_id");
ALTER TABLE "memory_item" ADD CONSTRAINT "memory_item_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "memory_item" ADD CONSTRAINT "memory_item_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "data_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "memory_item" ADD CONSTRAINT "memory_item_name_hash" CHECK (octet_length("name_hash") = 32);
-- What the worker walks: what stands on a permission that ends by itself, and what is frozen.
CREATE INDEX "memory_item_stands_until" ON "memory_item" ("stands_until") WHERE "frozen_at" IS NULL AND "stands_until" IS NOT NULL;
CREATE INDEX "memory_item_frozen" ON "memory_item" ("frozen_at") WHERE "frozen_at" IS NOT NULL;
CREATE TRIGGER "memory_item_of_remembered" AFTER INSERT ON "memory_item" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
GRANT SELECT, INSERT, UPDATE, DELETE ON "memory_item" TO handshake_app;

-- Tells that something was taken away (or put out of reach) that a host had remembered; it says how much, never what.
CREATE FUNCTION tell_memory_removed(who uuid, of_use uuid, items bigint, frozen boolean, reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT notice_event('memory.removed', who, jsonb_build_object('use', u.key, 'items', items, 'frozen', frozen, 'reason', reason))
    FROM data_use u WHERE u.id = of_use
$$;
REVOKE ALL ON FUNCTION tell_memory_removed(uuid, uuid, bigint, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_memory_removed(uuid, uuid, bigint, boolean, text) TO handshake_app;

-- Whether terms reach to a category: it, or one above it, is among theirs.
CREATE FUNCTION terms_cover(terms jsonb, category text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM jsonb_array_elements_text(terms -> 'categories') c (key) WHERE category = c.key OR starts_with(category, c.key || '.'))
$$;

-- What is remembered follows the permission it stands on, in the same transaction and whatever road the change came by.
-- A no takes it away or freezes it, and so does a yes for one time, since nothing lasts under that. A lasting yes carries it
-- on: to the version agreed to, as far as that version's terms reach.
CREATE FUNCTION memory_follows_permission() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  days integer;
  gone record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM new_rows n JOIN memory_item m ON m.person_id = n.person_id AND m.use_id = n.use_id) THEN
    RETURN NULL;
  END IF;
  SELECT o.memory_freeze_days INTO days FROM organisation o;
  FOR gone IN
    WITH ended AS (
      -- A no counts only where the version it was written under, or the live one, leaves a choice.
      SELECT m.person_id, m.name_hash, m.use_id, CASE n.state WHEN 'granted' THEN 'expired' ELSE n.state END AS state
        FROM new_rows n JOIN memory_item m ON m.person_id = n.person_id AND m.use_id = n.use_id
       WHERE (n.state <> 'granted' OR n.once) AND m.frozen_at IS NULL
         AND EXISTS (SELECT 1 FROM data_use_version v WHERE v.use_id = m.use_id AND v.published_at IS NOT NULL
           AND v.legal_basis IN ('consent', 'legitimate-interests')
           AND (v.number = m.version OR v.number = (SELECT max(l.number) FROM data_use_version l WHERE l.use_id = m.use_id AND l.published_at IS NOT NULL)))),
    frozen AS (
      UPDATE memory_item m SET frozen_at = clock_timestamp() FROM ended e
       WHERE days > 0 AND m.person_id = e.person_id AND m.name_hash = e.name_hash RETURNING m.person_id, m.use_id, e.state),
    removed AS (
      DELETE FROM memory_item m USING ended e
       WHERE days = 0 AND m.person_id = e.person_id AND m.name_hash = e.name_hash RETURNING m.person_id, m.use_id, e.state),
    uncovered AS (
      DELETE FROM memory_item m USING new_rows n JOIN data_use_version v ON v.use_id = n.use_id AND v.number = n.version
       WHERE n.state = 'granted' AND NOT n.once AND m.person_id = n.person_id AND m.use_id = n.use_id AND NOT terms_cover(v.terms, m.category)
       RETURNING m.person_id, m.use_id, m.frozen_at)
    SELECT t.person_id, t.use_id, t.reason, t.kept, count(*) AS items FROM (
      SELECT person_id, use_id, state AS reason, true AS kept FROM frozen
      UNION ALL SELECT person_id, use_id, state, false FROM removed
      UNION ALL SELECT person_id, use_id, 'use-changed', false FROM uncovered) t
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  LOOP
    PERFORM tell_memory_removed(gone.person_id, gone.use_id, gone.items, gone.kept, gone.reason);
  END LOOP;
  UPDATE memory_item m SET version = n.version, entry_index = n.entry_index, frozen_at = NULL,
         stands_until = CASE WHEN v.legal_basis = 'consent' THEN n.expires_at END
    FROM new_rows n JOIN data_use_version v ON v.use_id = n.use_id AND v.number = n.version
   WHERE n.state = 'granted' AND NOT n.once AND m.person_id = n.person_id AND m.use_id = n.use_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION memory_follows_permission() FROM PUBLIC;
CREATE TRIGGER "permission_memory_inserted" AFTER INSERT ON "permission" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION memory_follows_permission();
CREATE TRIGGER "permission_memory_updated" AFTER UPDATE ON "permission" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION memory_follows_permission();

-- Takes away (or freezes) up to so many items whose permission ran out, and destroys what was frozen long enough; gives
-- back how many. What is renewed at this moment is left to whoever renews it.
CREATE FUNCTION end_memory(most integer) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  days integer;
  gone record;
  done bigint := 0;
  destroyed bigint;
BEGIN
  SELECT o.memory_freeze_days INTO days FROM organisation o;
  FOR gone IN
    WITH ended AS (
      SELECT m.person_id, m.name_hash FROM memory_item m
       WHERE m.frozen_at IS NULL AND m.stands_until <= clock_timestamp() ORDER BY m.stands_until LIMIT most FOR UPDATE SKIP LOCKED),
    frozen AS (
      UPDATE memory_item m SET frozen_at = m.stands_until FROM ended e
       WHERE days > 0 AND m.person_id = e.person_id AND m.name_hash = e.name_hash RETURNING m.person_id, m.use_id),
    removed AS (
      DELETE FROM memory_item m USING ended e
       WHERE days = 0 AND m.person_id = e.person_id AND m.name_hash = e.name_hash RETURNING m.person_id, m.use_id)
    SELECT t.person_id, t.use_id, t.kept, count(*) AS items
      FROM (SELECT person_id, use_id, true AS kept FROM frozen UNION ALL SELECT person_id, use_id, false FROM removed) t
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    done := done + gone.items;
    PERFORM tell_memory_removed(gone.person_id, gone.use_id, gone.items, gone.kept, 'expired');
  END LOOP;
  DELETE FROM memory_item WHERE (person_id, name_hash) IN (
    SELECT m.person_id, m.name_hash FROM memory_item m
     WHERE m.frozen_at <= clock_timestamp() - make_interval(days => days) ORDER BY m.frozen_at LIMIT most FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS destroyed = ROW_COUNT;
  RETURN done + destroyed;
END $$;
REVOKE ALL ON FUNCTION end_memory(integer), terms_cover(jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_memory(integer), terms_cover(jsonb, text) TO handshake_app;
