-- What a person's browser says by itself. Global Privacy Control: not to sell, share or target. It is remembered also when
-- it is not said any more, since its absence is no yes.
CREATE TABLE "person_signal" (
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "person_signal_pkey" PRIMARY KEY ("person_id", "kind")
);
ALTER TABLE "person_signal" ADD CONSTRAINT "person_signal_kind" CHECK ("kind" = 'gpc' AND "last_seen_at" >= "first_seen_at");
ALTER TABLE "person_signal" ADD CONSTRAINT "person_signal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "person_signal_of_remembered" AFTER INSERT ON "person_signal" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_forgotten();
GRANT SELECT, INSERT, DELETE, UPDATE ("last_seen_at") ON "person_signal" TO handshake_app;
