-- Takes people in, except those who are known already and those who were forgotten and are to be left alone; gives back who
-- is new. Whoever comes in the same instant in which another forgets them waits for that here, at the ref or address that it
-- sets free, but a statement goes on seeing what was there when it began. So what was forgotten meanwhile is looked for
-- once more, by a statement of its own; then nobody was taken in, and it begins again without them.
-- `left_alone_*`: what suppression knows the same ref and address by.
CREATE FUNCTION take_in(ids uuid[], refs bytea[], emails bytea[], keys bytea[], seals bytea[], commitments bytea[], locales text[], left_alone_refs bytea[], left_alone_emails bytea[])
RETURNS SETOF uuid LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  taken uuid[];
BEGIN
  LOOP
    BEGIN
      WITH made AS (
        INSERT INTO person (id, ref_hash, email_hash, wrapped_key, sealed, commitment, locale)
        SELECT w.id, w.ref, w.email, w.key, w.seal, w.commitment, COALESCE(w.locale, o.default_locale)
          FROM unnest(ids, refs, emails, keys, seals, commitments, locales, left_alone_refs, left_alone_emails)
               w (id, ref, email, key, seal, commitment, locale, left_alone_ref, left_alone_email)
          JOIN organisation o ON o.id = 1
         WHERE NOT EXISTS (SELECT 1 FROM suppression s WHERE s.hash = w.left_alone_ref) AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.hash = w.left_alone_email)
         ORDER BY w.ref, w.email
            ON CONFLICT DO NOTHING RETURNING person.id)
      SELECT array_agg(made.id) INTO taken FROM made;
      IF EXISTS (SELECT 1 FROM unnest(ids, left_alone_refs, left_alone_emails) w (id, ref, email)
                  WHERE w.id = ANY (taken) AND (EXISTS (SELECT 1 FROM suppression s WHERE s.hash = w.ref) OR EXISTS (SELECT 1 FROM suppression s WHERE s.hash = w.email))) THEN
        RAISE EXCEPTION 'somebody was forgotten meanwhile' USING ERRCODE = 'HS006';
      END IF;
      RETURN QUERY SELECT unnest(taken);
      RETURN;
    EXCEPTION WHEN SQLSTATE 'HS006' THEN
      CONTINUE;
    END;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION take_in(uuid[], bytea[], bytea[], bytea[], bytea[], bytea[], text[], bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_in(uuid[], bytea[], bytea[], bytea[], bytea[], bytea[], text[], bytea[], bytea[]) TO handshake_app;
