-- How often people may be asked by a host application: so many questions in one visit, so many in one month (null: no limit).
ALTER TABLE "organisation" ADD COLUMN "questions_per_visit" INTEGER NOT NULL DEFAULT 3;
ALTER TABLE "organisation" ADD COLUMN "questions_per_month" INTEGER DEFAULT 12;
-- Never none at all: what waits is put off, not kept from anybody.
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_questions_per_visit" CHECK ("questions_per_visit" BETWEEN 1 AND 20);
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_questions_per_month" CHECK ("questions_per_month" BETWEEN 1 AND 200);

-- A question that is served again is served again: since when, until when, and how often.
ALTER TABLE "serving" ADD COLUMN "last_served_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "serving" ADD COLUMN "times" INTEGER NOT NULL DEFAULT 1;
UPDATE "serving" SET "last_served_at" = "served_at";
ALTER TABLE "serving" ADD CONSTRAINT "serving_times" CHECK ("times" > 0 AND "last_served_at" >= "served_at");
GRANT UPDATE ("last_served_at", "times") ON "serving" TO handshake_app;

-- How many questions a host has put to somebody in the month that began then.
CREATE TABLE "question_budget" (
    "person_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "asked" INTEGER NOT NULL,
    CONSTRAINT "question_budget_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "question_budget" ADD CONSTRAINT "question_budget_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "question_budget" ADD CONSTRAINT "question_budget_asked" CHECK ("asked" >= 0);

-- In how many visits a host has asked somebody about one version of one thing, and when the latest of them began.
CREATE TABLE "asking" (
    "person_id" UUID NOT NULL,
    "about" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "visits" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(6) NOT NULL,
    CONSTRAINT "asking_pkey" PRIMARY KEY ("person_id", "about")
);
ALTER TABLE "asking" ADD CONSTRAINT "asking_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "asking" ADD CONSTRAINT "asking_visits" CHECK ("visits" > 0);

GRANT SELECT, INSERT, UPDATE, DELETE ON "question_budget", "asking" TO handshake_app;
CREATE TRIGGER "question_budget_of_remembered" AFTER INSERT ON "question_budget" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
CREATE TRIGGER "asking_of_remembered" AFTER INSERT ON "asking" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();

-- Takes, of the questions offered in order, those that the budget still holds, and notes that they are served; two calls
-- about the same person wait for each other. A question of the last thirty minutes belongs to the same visit and costs
-- nothing. `taken` and `unkept` are places in what was offered; of `unkept` the content has yet to be stored. No row where
-- nobody (any more) is known by this id.
CREATE FUNCTION serve_questions(who uuid, way text, per_visit integer, per_month integer, most integer, abouts uuid[], versions integer[], digests bytea[])
RETURNS TABLE (taken integer[], unkept integer[], asked integer) LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moment timestamptz;
  spent integer;
  visit uuid[];
  chosen integer[];
  fresh integer[];
BEGIN
  -- Nobody waits for the disk here: an answer to what is served does, and with it goes everything written before it.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- Whoever is being forgotten is waited for, and then not served.
  PERFORM 1 FROM person p WHERE p.id = who AND p.forgotten_at IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO question_budget AS b (person_id, month, asked) VALUES (who, date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date, 0)
    ON CONFLICT (person_id) DO UPDATE SET month = excluded.month, asked = CASE WHEN b.month = excluded.month THEN b.asked ELSE 0 END
    RETURNING b.asked INTO spent;
  -- Told only now, when nobody else is at it.
  moment := clock_timestamp();
  SELECT COALESCE(array_agg(a.about), '{}') INTO visit FROM asking a WHERE a.person_id = who AND a.counted_at > moment - interval '30 minutes';
  SELECT COALESCE(array_agg(t.place ORDER BY t.place), '{}'), COALESCE(array_agg(t.place ORDER BY t.place) FILTER (WHERE NOT t.again), '{}')
    INTO chosen, fresh FROM (
      SELECT o.place::integer, o.again FROM (
        SELECT w.place, w.about = ANY (visit) AS again, count(*) FILTER (WHERE w.about <> ALL (visit)) OVER (ORDER BY w.place) AS nth
          FROM unnest(abouts) WITH ORDINALITY w (about, place)) o
       WHERE o.again OR o.nth <= LEAST(per_visit - cardinality(visit), per_month - spent)
       ORDER BY o.place LIMIT most) t;
  IF cardinality(fresh) > 0 THEN
    UPDATE question_budget b SET asked = b.asked + cardinality(fresh) WHERE b.person_id = who;
    INSERT INTO asking AS a (person_id, about, version, visits, counted_at)
      SELECT who, abouts[f], versions[f], 1, moment FROM unnest(fresh) f ORDER BY abouts[f]
      ON CONFLICT (person_id, about) DO UPDATE
        SET visits = CASE WHEN a.version = excluded.version THEN a.visits + 1 ELSE 1 END, version = excluded.version, counted_at = excluded.counted_at;
  END IF;
  INSERT INTO serving AS s (person_id, shown, channel, served_at, last_served_at)
    SELECT who, digests[c], way, moment, moment FROM unnest(chosen) c
    ON CONFLICT (person_id, shown) DO UPDATE SET last_served_at = GREATEST(s.last_served_at, excluded.last_served_at), times = s.times + 1;
  RETURN QUERY SELECT chosen,
    ARRAY(SELECT c FROM unnest(chosen) c WHERE NOT EXISTS (SELECT 1 FROM shown_content k WHERE k.digest = digests[c])),
    spent + cardinality(fresh);
END $$;
REVOKE ALL ON FUNCTION serve_questions(uuid, text, integer, integer, integer, uuid[], integer[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION serve_questions(uuid, text, integer, integer, integer, uuid[], integer[], bytea[]) TO handshake_app;
