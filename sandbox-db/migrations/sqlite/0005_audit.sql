-- The audit trail. One chain of entries for each patient, and one (the empty key) for the practice, so
-- that writers about different patients do not queue behind each other.
CREATE TABLE audit_chain (
    practice TEXT   NOT NULL REFERENCES practice (id),
    chain    TEXT   NOT NULL,
    -- The sequence of the newest entry.
    length   BIGINT NOT NULL,
    PRIMARY KEY (practice, chain)
);

CREATE TABLE audit_event (
    practice   TEXT   NOT NULL,
    -- The patient it is about; empty where no one patient is known.
    chain      TEXT   NOT NULL,
    -- 1, 2, 3 ... in its chain, without a gap.
    sequence   BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL CHECK (actor_kind IN ('staff', 'patient', 'visitor')),
    actor_key  TEXT   NOT NULL,
    -- As it was when the entry was written; a later change of name leaves history as it was.
    actor_name TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    detail     TEXT,
    PRIMARY KEY (practice, chain, sequence),
    FOREIGN KEY (practice, chain) REFERENCES audit_chain (practice, chain)
);
CREATE INDEX audit_event_by_time ON audit_event (practice, at, chain, sequence);

-- Append-only, whoever asks. INSERT OR REPLACE deletes without firing delete triggers, hence the third.
CREATE TRIGGER audit_event_stays_as_written BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
WHEN EXISTS (
    SELECT 1 FROM audit_event
    WHERE practice = NEW.practice AND chain = NEW.chain AND sequence = NEW.sequence
)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain
WHEN NEW.practice <> OLD.practice OR NEW.chain <> OLD.chain OR NEW.length <> OLD.length + 1
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_chain_is_kept BEFORE DELETE ON audit_chain
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
