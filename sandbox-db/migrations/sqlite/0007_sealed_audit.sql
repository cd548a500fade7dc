-- The audit trail, sealed: every entry carries a keyed hash over itself and its predecessor, every chain
-- a seal over its head, and checkpoints cover all heads. The keys are the host's and are not here.
-- What 0005 holds stays as it was, unsealed; nothing is added to it.

-- One chain of entries for each patient, and one (the empty key) for the practice, so that writers about
-- different patients do not queue behind each other.
CREATE TABLE audit_head (
    practice TEXT   NOT NULL REFERENCES practice (id),
    chain    TEXT   NOT NULL,
    -- The sequence of the newest entry, and its hash.
    length   BIGINT NOT NULL,
    mac      BLOB   NOT NULL,
    -- A keyed hash over the four columns above.
    key_id   BIGINT NOT NULL,
    seal     BLOB   NOT NULL,
    PRIMARY KEY (practice, chain)
);

CREATE TABLE audit_entry (
    practice   TEXT   NOT NULL,
    -- The patient it is about; empty where no one patient is known.
    chain      TEXT   NOT NULL,
    -- 1, 2, 3 ... in its chain, without a gap.
    sequence   BIGINT NOT NULL,
    -- The number of the checkpoint that covers it, or will.
    epoch      BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL CHECK (actor_kind IN ('staff', 'patient', 'visitor', 'system')),
    actor_key  TEXT   NOT NULL,
    -- As it was when the entry was written; a later change of name leaves history as it was.
    actor_name TEXT   NOT NULL,
    -- The network address it was done from.
    address    TEXT,
    action     TEXT   NOT NULL,
    detail     TEXT,
    key_id     BIGINT NOT NULL,
    mac        BLOB   NOT NULL,
    PRIMARY KEY (practice, chain, sequence),
    FOREIGN KEY (practice, chain) REFERENCES audit_head (practice, chain)
);
CREATE INDEX audit_entry_by_time ON audit_entry (practice, at, chain, sequence);
CREATE INDEX audit_entry_by_actor ON audit_entry (practice, actor_key, at, chain, sequence);
CREATE INDEX audit_entry_by_epoch ON audit_entry (practice, epoch, chain, sequence);

CREATE TABLE audit_checkpoint (
    practice TEXT   NOT NULL REFERENCES practice (id),
    -- 1, 2, 3 ... without a gap.
    number   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    key_id   BIGINT NOT NULL,
    -- A keyed hash over this checkpoint, its heads and the checkpoint before it.
    mac      BLOB   NOT NULL,
    PRIMARY KEY (practice, number)
);

-- The head of every chain that grew since the checkpoint before.
CREATE TABLE audit_checkpoint_head (
    practice TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    chain    TEXT   NOT NULL,
    length   BIGINT NOT NULL,
    mac      BLOB   NOT NULL,
    PRIMARY KEY (practice, number, chain),
    FOREIGN KEY (practice, number) REFERENCES audit_checkpoint (practice, number)
);

-- Append-only, whoever asks. INSERT OR REPLACE deletes without firing delete triggers, hence the third of each.
CREATE TRIGGER audit_entry_stays_as_written BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON audit_entry
WHEN EXISTS (
    SELECT 1 FROM audit_entry
    WHERE practice = NEW.practice AND chain = NEW.chain AND sequence = NEW.sequence
)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head
WHEN NEW.practice <> OLD.practice OR NEW.chain <> OLD.chain OR NEW.length NOT IN (OLD.length, OLD.length + 1)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_head_is_kept BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_checkpoint_stays_as_written BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_checkpoint_is_kept BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_checkpoint_is_never_replaced BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (SELECT 1 FROM audit_checkpoint WHERE practice = NEW.practice AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_checkpoint_head_stays_as_written BEFORE UPDATE ON audit_checkpoint_head
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_checkpoint_head_is_kept BEFORE DELETE ON audit_checkpoint_head
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_checkpoint_head_is_never_replaced BEFORE INSERT ON audit_checkpoint_head
WHEN EXISTS (
    SELECT 1 FROM audit_checkpoint_head
    WHERE practice = NEW.practice AND number = NEW.number AND chain = NEW.chain
)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
