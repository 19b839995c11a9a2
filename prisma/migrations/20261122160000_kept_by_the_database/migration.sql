-- ── Answers go when their person is forgotten, and by no other road ─────────────────────────────────────────────────
-- Takes away what identifies somebody and what hangs on them, in one step: nobody is forgotten by half, and no answer is
-- lost of somebody who is not. The random id stays, and what the ledger says of it. A second time changes nothing.
CREATE FUNCTION forget_person(who uuid, moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  ref bytea;
BEGIN
  -- Whoever makes a link, a session, a mail or an answer for them at this moment waits, and is then refused.
  SELECT p.ref_hash INTO ref FROM person p WHERE p.id = who AND p.forgotten_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  DELETE FROM memory_item WHERE person_id = who;
  DELETE FROM permission WHERE person_id = who;
  DELETE FROM acceptance WHERE person_id = who;
  DELETE FROM serving WHERE person_id = who;
  DELETE FROM asking WHERE person_id = who;
  DELETE FROM question_budget WHERE person_id = who;
  DELETE FROM person_signal WHERE person_id = who;
  DELETE FROM guardian WHERE person_id = who;
  DELETE FROM person_link WHERE person_id = who;
  DELETE FROM person_session WHERE person_id = who;
  DELETE FROM outbox WHERE person_id = who;
  DELETE FROM kept_reply WHERE ref_hash = ref;
  UPDATE person SET ref_hash = NULL, email_hash = NULL, wrapped_key = NULL, sealed = NULL, commitment = NULL, locale = 'en', forgotten_at = moment WHERE id = who;
END $$;
REVOKE ALL ON FUNCTION forget_person(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_person(uuid, timestamptz) TO handshake_app;
REVOKE DELETE ON "permission", "acceptance", "serving", "asking", "question_budget", "person_signal", "guardian" FROM handshake_app;
REVOKE UPDATE ON "person" FROM handshake_app;
GRANT UPDATE ("ref_hash", "email_hash", "wrapped_key", "sealed", "commitment", "locale", "created_at") ON "person" TO handshake_app;

-- ── What a row is about, it stays about ─────────────────────────────────────────────────────────────────────────────
-- An answer is never moved to somebody else, nor to something else.
REVOKE UPDATE ON "permission", "acceptance" FROM handshake_app;
GRANT UPDATE ("state", "version", "answered_at", "expires_at", "channel", "shown", "entry_index", "declined", "once", "used_at", "imported_from", "imported_at") ON "permission" TO handshake_app;
GRANT UPDATE ("state", "version", "answered_at", "channel", "shown", "entry_index") ON "acceptance" TO handshake_app;
-- A key may never do more than when it was made, nor a browser's be used elsewhere: it ends, and another one is made.
REVOKE UPDATE ON "api_key" FROM handshake_app;
GRANT UPDATE ("last_used_at", "expires_at", "revoked_at") ON "api_key" TO handshake_app;
-- A reply that is kept stays the one to the request that it was kept for.
REVOKE UPDATE ON "kept_reply" FROM handshake_app;
GRANT UPDATE ("holder", "held_until", "sealed", "ref_hash") ON "kept_reply" TO handshake_app;
-- Who added a subscriber, and when, stays as it is; whoever is removed comes back as somebody new, and no secret is kept of them.
REVOKE UPDATE ON "webhook" FROM handshake_app;
GRANT UPDATE ("name", "url", "kinds", "confirms", "secret", "old_secret", "old_secret_until", "paused_at", "removed_at", "failures", "failing_since", "rest_until") ON "webhook" TO handshake_app;
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_removed"
  CHECK ("removed_at" IS NULL OR (octet_length("secret") = 0 AND "old_secret" IS NULL AND "url" = ''));

-- ── Nothing is remembered without a permission ──────────────────────────────────────────────────────────────────────
-- What needs a yes names the one it stands on, as it is at this moment; a yes for one time is none to remember under.
CREATE FUNCTION require_permission_to_remember() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM data_use_version v WHERE v.use_id = NEW.use_id AND v.number = NEW.version AND v.published_at IS NOT NULL
       AND (v.legal_basis <> 'consent' OR EXISTS (
         SELECT 1 FROM permission p WHERE p.person_id = NEW.person_id AND p.use_id = NEW.use_id AND p.state = 'granted' AND NOT p.once AND p.entry_index = NEW.entry_index))) THEN
    RAISE EXCEPTION 'no permission covers what is to be remembered' USING ERRCODE = 'HS007';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "memory_item_permitted" AFTER INSERT OR UPDATE OF "use_id", "version", "entry_index" ON "memory_item"
  FOR EACH ROW EXECUTE FUNCTION require_permission_to_remember();
