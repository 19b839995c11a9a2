-- What ended long ago is cleared away: one-time links, sessions, and mail that left or was given up. The indexes are what
-- clearing walks (lib/data/clear-ended.ts); LEAST leaves out what has not happened.
GRANT DELETE ON "person_link", "person_session", "staff_session" TO handshake_app;
CREATE INDEX "person_link_ended" ON "person_link" (LEAST("expires_at", "used_at"));
CREATE INDEX "person_session_ended" ON "person_session" (LEAST("expires_at", "revoked_at"));
CREATE INDEX "staff_session_ended" ON "staff_session" (LEAST("expires_at", "revoked_at"));
CREATE INDEX "outbox_done" ON "outbox" ("done_at") WHERE "done_at" IS NOT NULL;
