-- Telling others: subscribers, the outbox of what they are told, and how far each delivery has come.
CREATE TABLE "webhook" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "kinds" TEXT[],
    "confirms" BOOLEAN NOT NULL DEFAULT false,
    "secret" BYTEA NOT NULL,
    "old_secret" BYTEA,
    "old_secret_until" TIMESTAMPTZ(6),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(6),
    "rest_until" TIMESTAMPTZ(6),
    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_kinds"
  CHECK ("kinds" <@ ARRAY['permission.changed', 'question.due', 'policy.published', 'person.forgotten', 'memory.removed'] AND cardinality("kinds") > 0);
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_old_secret" CHECK (("old_secret" IS NULL) = ("old_secret_until" IS NULL));

CREATE TABLE "webhook_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "place" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID,
    "body" JSONB NOT NULL,
    "entry_index" BIGINT,
    "ending" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_event_place_key" ON "webhook_event"("place");
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_kind"
  CHECK ("kind" IN ('permission.changed', 'question.due', 'policy.published', 'person.forgotten', 'memory.removed', 'test'));
CREATE INDEX "webhook_event_person" ON "webhook_event" ("person_id", "place") WHERE "person_id" IS NOT NULL;

CREATE INDEX "webhook_event_ending" ON "webhook_event" ("entry_index") WHERE "ending";

CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "webhook_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "place" BIGINT NOT NULL,
    "lane" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ(6),
    "last_code" TEXT,
    "delivered_at" TIMESTAMPTZ(6),
    "parked_at" TIMESTAMPTZ(6),
    "confirmed_at" TIMESTAMPTZ(6),
    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_delivery_event_id_webhook_id_key" ON "webhook_delivery"("event_id", "webhook_id");
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_state" CHECK (num_nonnulls("delivered_at", "parked_at") <= 1 AND ("confirmed_at" IS NULL OR "delivered_at" IS NOT NULL));
-- What workers walk: what is due at one subscriber, and what stands before it in its lane.
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" ("webhook_id", "due_at") WHERE "delivered_at" IS NULL AND "parked_at" IS NULL;
CREATE INDEX "webhook_delivery_lane" ON "webhook_delivery" ("webhook_id", "lane", "place") WHERE "delivered_at" IS NULL AND "parked_at" IS NULL;
CREATE INDEX "webhook_delivery_leased" ON "webhook_delivery" ("webhook_id", "leased_until") WHERE "leased_until" IS NOT NULL;
CREATE INDEX "webhook_delivery_latest" ON "webhook_delivery" ("webhook_id", "place" DESC);
CREATE INDEX "webhook_delivery_delivered" ON "webhook_delivery" ("delivered_at") WHERE "delivered_at" IS NOT NULL;

CREATE TABLE "parting_ref" (
    "person_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "parting_ref_pkey" PRIMARY KEY ("person_id")
);

CREATE TABLE "decision_tally" (
    "use_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "call" TEXT NOT NULL DEFAULT '',
    "count" BIGINT NOT NULL,
    CONSTRAINT "decision_tally_pkey" PRIMARY KEY ("use_id", "day", "reason", "key_id", "call")
);
ALTER TABLE "decision_tally" ADD CONSTRAINT "decision_tally_count" CHECK ("count" > 0);

-- ── The outbox: written by the database, in the transaction of what it tells, whatever road that came by ────────────
-- Puts an event there, for those who want it; for nobody, nothing. `ending`: it ends a permission.
CREATE FUNCTION put_event(kind text, person uuid, body jsonb, entry_index bigint, ending boolean, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  event webhook_event;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM webhook w WHERE w.removed_at IS NULL AND put_event.kind = ANY (w.kinds)) THEN
    RETURN;
  END IF;
  INSERT INTO webhook_event (kind, person_id, body, entry_index, ending, at)
    VALUES (put_event.kind, put_event.person, put_event.body, put_event.entry_index, put_event.ending, put_event.at) RETURNING * INTO event;
  INSERT INTO webhook_delivery (webhook_id, event_id, place, lane)
    SELECT w.id, event.id, event.place, COALESCE(event.person_id, '00000000-0000-0000-0000-000000000000')
      FROM webhook w WHERE w.removed_at IS NULL AND event.kind = ANY (w.kinds);
END $$;
REVOKE ALL ON FUNCTION put_event(text, uuid, jsonb, bigint, boolean, timestamptz) FROM PUBLIC;

-- For what is no entry of the ledger. `body` is what subscribers read beside the person; it names nobody.
CREATE FUNCTION notice_event(kind text, person uuid, body jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF kind NOT IN ('memory.removed', 'question.due') THEN
    RAISE EXCEPTION 'the ledger tells of % itself', kind USING ERRCODE = 'HS005';
  END IF;
  PERFORM put_event(kind, person, body, NULL, false, clock_timestamp());
END $$;
REVOKE ALL ON FUNCTION notice_event(text, uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notice_event(text, uuid, jsonb) TO handshake_app;

-- A trial for one subscriber.
CREATE FUNCTION notice_test(subscriber uuid) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH event AS (INSERT INTO webhook_event (kind, body, at) VALUES ('test', '{}', clock_timestamp()) RETURNING id, place)
  INSERT INTO webhook_delivery (webhook_id, event_id, place, lane) SELECT subscriber, event.id, event.place, event.id FROM event RETURNING id
$$;
REVOKE ALL ON FUNCTION notice_test(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notice_test(uuid) TO handshake_app;

-- What the ledger says is told from the ledger itself. Without subscribers this costs one look at an empty table.
CREATE FUNCTION tell_of_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wanted text[];
BEGIN
  IF NOT EXISTS (SELECT 1 FROM webhook) THEN
    RETURN NULL;
  END IF;
  SELECT array_agg(DISTINCT k.kind) INTO wanted FROM webhook w CROSS JOIN unnest(w.kinds) k (kind) WHERE w.removed_at IS NULL;
  -- Whoever is forgotten has nothing else told of them any more, except what is on its way already.
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.kind = 'person-forgotten') THEN
    DELETE FROM webhook_delivery d USING webhook_event v
     WHERE v.person_id IN (SELECT n.person_id FROM new_rows n WHERE n.kind = 'person-forgotten') AND d.event_id = v.id
       AND d.delivered_at IS NULL AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp());
  END IF;
  IF wanted IS NULL THEN
    RETURN NULL;
  END IF;
  WITH told AS (
    SELECT n.index, n.person_id, n.recorded_at, n.body::jsonb AS body,
           CASE n.kind WHEN 'permission-answered' THEN 'permission.changed' WHEN 'policy-answered' THEN 'permission.changed' WHEN 'permission-used' THEN 'permission.changed'
             WHEN 'person-forgotten' THEN 'person.forgotten' WHEN 'policy-published' THEN 'policy.published' END AS kind
      FROM new_rows n WHERE n.kind IN ('permission-answered', 'policy-answered', 'permission-used', 'person-forgotten', 'policy-published')
    UNION ALL
    -- One for each publication that makes people due, never one for each of them.
    SELECT n.index, NULL, n.recorded_at, n.body::jsonb, 'question.due'
      FROM new_rows n WHERE n.kind IN ('use-published', 'prompt-published', 'policy-published') AND makes_due(n.kind, n.body::jsonb)
  ), event AS (
    INSERT INTO webhook_event (kind, person_id, body, entry_index, ending, at)
    SELECT t.kind, t.person_id,
           jsonb_strip_nulls(jsonb_build_object('use', t.body -> 'use', 'policy', t.body -> 'policy', 'version', t.body -> 'version',
             'state', COALESCE(t.body -> 'answer', CASE WHEN t.body ->> 'kind' = 'permission-used' THEN '"used"'::jsonb END),
             'keeps', t.body -> 'keeps', 'declined', t.body -> 'declined', 'once', t.body -> 'once', 'expiresAt', t.body -> 'expiresAt', 'inForceFrom', t.body -> 'inForceFrom', 'index', t.index)),
           t.index,
           t.kind = 'person.forgotten' OR (t.kind = 'permission.changed' AND COALESCE(t.body ->> 'answer' IN ('withdrawn', 'objected'), false)),
           t.recorded_at
      FROM told t WHERE t.kind = ANY (wanted) ORDER BY t.index, t.kind
    RETURNING id, place, kind, person_id
  )
  INSERT INTO webhook_delivery (webhook_id, event_id, place, lane)
  SELECT w.id, event.id, event.place, COALESCE(event.person_id, '00000000-0000-0000-0000-000000000000')
    FROM event JOIN webhook w ON w.removed_at IS NULL AND event.kind = ANY (w.kinds);
  RETURN NULL;
END $$;

-- Whether this publication leaves somebody to be asked who was not to be asked before it: the first version of what
-- asks, or one that earlier answers do not all reach.
CREATE FUNCTION makes_due(kind text, body jsonb) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE kind
    WHEN 'prompt-published' THEN body -> 'replaces' = 'null'
    WHEN 'policy-published' THEN body -> 'editorial' = 'false' AND EXISTS (SELECT 1 FROM policy y WHERE y.key = body ->> 'policy' AND y.asks <> 'nothing')
    ELSE body ->> 'legalBasis' = 'consent' AND (body -> 'replaces' = 'null' OR EXISTS (
      SELECT 1 FROM data_use u JOIN data_use_version v ON v.use_id = u.id AND v.published_at IS NOT NULL AND v.number < (body ->> 'version')::int
       WHERE u.key = body ->> 'use' AND NOT body -> 'carriedFrom' @> to_jsonb(v.number)))
  END
$$;
REVOKE ALL ON FUNCTION tell_of_entries(), makes_due(text, jsonb) FROM PUBLIC;
CREATE TRIGGER "ledger_entry_told" AFTER INSERT ON "ledger_entry"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tell_of_entries();

-- ── Privileges ──────────────────────────────────────────────────────────────────────────────────────────────────────
REVOKE ALL ON "webhook", "webhook_event", "webhook_delivery", "parting_ref", "decision_tally" FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON "webhook" TO handshake_app;
GRANT SELECT, DELETE ON "webhook_event" TO handshake_app;
GRANT SELECT, DELETE, UPDATE ("attempts", "due_at", "leased_until", "last_code", "delivered_at", "parked_at", "confirmed_at") ON "webhook_delivery" TO handshake_app;
GRANT SELECT, INSERT, DELETE ON "parting_ref" TO handshake_app;
GRANT SELECT, INSERT, UPDATE ("count") ON "decision_tally" TO handshake_app;
