-- The guards see the real tables only. A login that may make temporary tables (PostgreSQL's default) could otherwise put
-- one called ledger_entry or policy_version before them, and whoever shadows what a SECURITY DEFINER function writes to
-- runs triggers of its own as the tables' owner. Named last, the temporary schema is searched last.
ALTER FUNCTION require_next_link() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION require_linked_entries() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION tally_inserted() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION tally_updated() SET search_path = pg_catalog, public, pg_temp;

-- A scheduled version that another one stands behind is not called off under it: the chain stays one.
CREATE OR REPLACE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- A scheduled policy version may be called off, and nothing else about it may change.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'policy_version' THEN
    IF to_jsonb(NEW) - 'cancelled_at' = to_jsonb(OLD) - 'cancelled_at'
       AND to_jsonb(OLD) ->> 'cancelled_at' IS NULL
       AND (to_jsonb(OLD) ->> 'in_force_from')::timestamptz > clock_timestamp()
       AND NOT EXISTS (SELECT 1 FROM policy_version n WHERE n.replaces_id = OLD.id AND n.published_at IS NOT NULL AND n.cancelled_at IS NULL) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what is published does not change (% %)', TG_TABLE_NAME, OLD.id USING ERRCODE = 'HS002';
END $$;

-- Who adds to a version waits for whoever is publishing it, and then finds it published.
CREATE OR REPLACE FUNCTION refuse_change_of_published_part() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  parent text := CASE TG_TABLE_NAME WHEN 'prompt_text' THEN 'prompt_version' ELSE 'policy_version' END;
  fixed boolean;
BEGIN
  EXECUTE format('SELECT COALESCE(bool_or(v.published), false) FROM (SELECT published_at IS NOT NULL AS published FROM %I WHERE id IN ($1, $2) FOR SHARE) v', parent)
    INTO fixed
    USING CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.version_id END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.version_id END;
  IF fixed THEN
    RAISE EXCEPTION 'what is published does not change (%)', TG_TABLE_NAME USING ERRCODE = 'HS002';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- What answers and entries point to by key keeps that key: the application adds uses, prompts and policies, and may
-- only say where a policy's texts come from.
REVOKE UPDATE ON "data_use", "prompt", "policy" FROM handshake_app;
GRANT UPDATE ("source", "licence", "attribution") ON "policy" TO handshake_app;
