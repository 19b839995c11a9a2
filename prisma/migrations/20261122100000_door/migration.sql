-- A browser's key is public: it only asks and answers, from the pages it names, for the person of a token. A key that is
-- replaced goes on until its successor is in use everywhere, and then stops by itself.
ALTER TABLE "api_key" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'server',
  ADD COLUMN "origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "expires_at" TIMESTAMPTZ(6),
  ADD COLUMN "replaces_id" UUID;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_kind" CHECK ("kind" = 'server' AND cardinality("origins") = 0
  OR "kind" = 'browser' AND cardinality("origins") > 0 AND "scopes" = ARRAY['ask']);
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "api_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- Two admins replacing the same key at once: one must lose, or one of the new keys is in nobody's hands.
CREATE UNIQUE INDEX "api_key_replaces_id_key" ON "api_key"("replaces_id");

-- Replies to writes, so that the same request again gets the same bytes. What was asked and under which key stand as
-- keyed hashes, the reply is sealed: both may hold what a host put into them.
CREATE TABLE "kept_reply" (
    "id" BYTEA NOT NULL,
    "request" BYTEA NOT NULL,
    "holder" UUID NOT NULL,
    "held_until" TIMESTAMPTZ(6) NOT NULL,
    "sealed" BYTEA,
    "ref_hash" BYTEA,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_reply_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "kept_reply_created_at_idx" ON "kept_reply"("created_at");
CREATE INDEX "kept_reply_ref_hash_idx" ON "kept_reply"("ref_hash");
ALTER TABLE "kept_reply" ADD CONSTRAINT "kept_reply_hashes" CHECK (octet_length("id") = 32 AND octet_length("request") = 32);
GRANT SELECT, INSERT, UPDATE, DELETE ON "kept_reply" TO handshake_app;
