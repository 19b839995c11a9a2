-- Those who are asked at the same moment are served in one call: what it costs to begin one is shared by all of them.
DROP FUNCTION serve_questions(uuid, text, integer, integer, integer, uuid[], integer[], bytea[]);

-- Takes for each asker (`whos`, each once), of the questions offered to them in order, those that their budget still holds,
-- and notes that they are served; two calls about the same person wait for each other. Of what is offered, `askers` says to
-- which of them, counted from 1. A question of the last thirty minutes belongs to the same visit and costs nothing.
-- One row an asker, without those who are not known (any more); `taken` and `unkept` are places in all that was offered,
-- and of `unkept` the content has yet to be stored.
CREATE FUNCTION serve_questions(whos uuid[], ways text[], per_visit integer[], per_month integer[], most integer[], askers integer[], abouts uuid[], versions integer[], digests bytea[])
RETURNS TABLE (asker integer, taken integer[], unkept integer[], asked integer) LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moment timestamptz;
  here uuid[];
  spent integer[];
BEGIN
  -- Nobody waits for the disk here: an answer to what is served does, and with it goes everything written before it.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- Whoever is being forgotten is waited for, and then not served. Always in one order, so that two calls never wait for each other in a ring.
  SELECT array_agg(p.id) INTO here FROM (SELECT id FROM person WHERE id = ANY (whos) AND forgotten_at IS NULL ORDER BY id FOR KEY SHARE) p;
  IF here IS NULL THEN RETURN; END IF;
  WITH budget AS (
    INSERT INTO question_budget AS b (person_id, month, asked)
      SELECT h, date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date, 0 FROM unnest(here) h ORDER BY h
      ON CONFLICT (person_id) DO UPDATE SET month = excluded.month, asked = CASE WHEN b.month = excluded.month THEN b.asked ELSE 0 END
      RETURNING b.person_id, b.asked)
  SELECT array_agg(b.asked), array_agg(b.person_id) INTO spent, here FROM budget b;
  -- Told only now, when nobody else is at it: this statement sees what others have written meanwhile.
  moment := clock_timestamp();
  RETURN QUERY
    WITH ask AS MATERIALIZED (
      SELECT w.id, w.place::integer AS place, per_visit[w.place] AS per_visit, per_month[w.place] AS per_month, most[w.place] AS most, h.spent
        FROM unnest(here, spent) h (id, spent) JOIN unnest(whos) WITH ORDINALITY w (id, place) ON w.id = h.id),
    offered AS (
      SELECT o.place::integer AS place, o.about, a.id, a.place AS asker, a.per_visit, a.per_month, a.most, a.spent, s.person_id IS NOT NULL AS again
        FROM unnest(askers, abouts) WITH ORDINALITY o (asker, about, place)
        JOIN ask a ON a.place = o.asker
        LEFT JOIN asking s ON s.person_id = a.id AND s.about = o.about AND s.counted_at > moment - interval '30 minutes'),
    visit AS (
      SELECT a.id, count(*) AS size FROM ask a JOIN asking s ON s.person_id = a.id AND s.counted_at > moment - interval '30 minutes' GROUP BY a.id),
    numbered AS (
      SELECT o.*, COALESCE(v.size, 0) AS size, count(*) FILTER (WHERE NOT o.again) OVER (PARTITION BY o.asker ORDER BY o.place) AS nth
        FROM offered o LEFT JOIN visit v ON v.id = o.id),
    held AS (
      SELECT n.*, row_number() OVER (PARTITION BY n.asker ORDER BY n.place) AS rank FROM numbered n
       WHERE n.again OR n.nth <= LEAST(n.per_visit - n.size, n.per_month - n.spent)),
    chosen AS MATERIALIZED (SELECT c.place, c.id, c.asker, c.about, c.again FROM held c WHERE c.rank <= c.most),
    counted AS (
      UPDATE question_budget b SET asked = b.asked + f.fresh
        FROM (SELECT c.id, count(*)::integer AS fresh FROM chosen c WHERE NOT c.again GROUP BY c.id) f WHERE b.person_id = f.id),
    noted AS (
      INSERT INTO asking AS a (person_id, about, version, visits, counted_at)
        SELECT c.id, c.about, versions[c.place], 1, moment FROM chosen c WHERE NOT c.again ORDER BY c.id, c.about
        ON CONFLICT (person_id, about) DO UPDATE
          SET visits = CASE WHEN a.version = excluded.version THEN a.visits + 1 ELSE 1 END, version = excluded.version, counted_at = excluded.counted_at),
    served AS (
      INSERT INTO serving AS s (person_id, shown, channel, served_at, last_served_at)
        SELECT c.id, digests[c.place], ways[c.asker], moment, moment FROM chosen c ORDER BY c.id, c.place
        ON CONFLICT (person_id, shown) DO UPDATE SET last_served_at = GREATEST(s.last_served_at, excluded.last_served_at), times = s.times + 1)
    SELECT a.place, COALESCE(array_agg(c.place ORDER BY c.place) FILTER (WHERE c.place IS NOT NULL), '{}'),
           COALESCE(array_agg(c.place ORDER BY c.place) FILTER (WHERE c.place IS NOT NULL AND NOT EXISTS (SELECT 1 FROM shown_content k WHERE k.digest = digests[c.place])), '{}'),
           a.spent + (count(*) FILTER (WHERE NOT c.again))::integer
      FROM ask a LEFT JOIN chosen c ON c.asker = a.place GROUP BY a.place, a.spent;
END $$;
REVOKE ALL ON FUNCTION serve_questions(uuid[], text[], integer[], integer[], integer[], integer[], uuid[], integer[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION serve_questions(uuid[], text[], integer[], integer[], integer[], integer[], uuid[], integer[], bytea[]) TO handshake_app;
