-- Whether this entry ends what was permitted, so that it is tracked until each subscriber has followed: a yes taken back, an
-- objection, a yes for one time that was used, and a plain no of somebody who stood at a yes. Who keeps what they agreed to
-- ends nothing.
CREATE FUNCTION ends_permission(person uuid, entry bigint, body jsonb) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN body ->> 'kind' = 'permission-used' OR body ->> 'answer' IN ('withdrawn', 'objected') THEN true
    WHEN body ->> 'kind' = 'permission-answered' AND body ->> 'answer' = 'refused' AND body -> 'keeps' IS NULL THEN COALESCE((
      SELECT b.body::jsonb ->> 'answer' = 'granted' OR b.body::jsonb -> 'keeps' IS NOT NULL FROM ledger_entry b
       WHERE b.person_id = person AND b.kind = 'permission-answered' AND b.subject = 'use:' || (ends_permission.body ->> 'use') AND b.index < entry
       ORDER BY b.index DESC LIMIT 1), false)
    ELSE false END
$$;
REVOKE ALL ON FUNCTION ends_permission(uuid, bigint, jsonb) FROM PUBLIC;

CREATE OR REPLACE FUNCTION tell_of_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
           t.kind = 'person.forgotten' OR (t.kind = 'permission.changed' AND ends_permission(t.person_id, t.index, t.body)),
           t.recorded_at
      FROM told t WHERE t.kind = ANY (wanted) ORDER BY t.index, t.kind
    RETURNING id, place, kind, person_id
  )
  INSERT INTO webhook_delivery (webhook_id, event_id, place, lane)
  SELECT w.id, event.id, event.place, COALESCE(event.person_id, '00000000-0000-0000-0000-000000000000')
    FROM event JOIN webhook w ON w.removed_at IS NULL AND event.kind = ANY (w.kinds);
  RETURN NULL;
END $$;
