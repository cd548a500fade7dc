-- The audit trail, sealed: every entry carries a keyed hash over itself and its predecessor, every chain
-- a seal over its head, and checkpoints cover all heads. The keys are the host's and are not here.

-- One chain of entries for each patient, and one (the empty key) for the practice, so that writers about
-- different patients do not queue behind each other.
CREATE TABLE audit_head (
    practice TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    chain    TEXT   COLLATE "C" NOT NULL,
    -- The sequence of the newest entry, and its hash.
    length   BIGINT NOT NULL,
    mac      BYTEA  NOT NULL,
    -- A keyed hash over the four columns above.
    key_id   BIGINT NOT NULL,
    seal     BYTEA  NOT NULL,
    PRIMARY KEY (practice, chain)
);

CREATE TABLE audit_entry (
    practice   TEXT   COLLATE "C" NOT NULL,
    -- The patient it is about; empty where no one patient is known.
    chain      TEXT   COLLATE "C" NOT NULL,
    -- 1, 2, 3 ... in its chain, without a gap.
    sequence   BIGINT NOT NULL,
    -- The number of the checkpoint that covers it, or will.
    epoch      BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL CHECK (actor_kind IN ('staff', 'patient', 'visitor', 'system')),
    actor_key  TEXT   COLLATE "C" NOT NULL,
    -- As it was when the entry was written; a later change of name leaves history as it was.
    actor_name TEXT   NOT NULL,
    -- The network address it was done from.
    address    TEXT,
    action     TEXT   COLLATE "C" NOT NULL,
    detail     TEXT,
    key_id     BIGINT NOT NULL,
    mac        BYTEA  NOT NULL,
    PRIMARY KEY (practice, chain, sequence),
    FOREIGN KEY (practice, chain) REFERENCES audit_head (practice, chain)
);
CREATE INDEX audit_entry_by_time ON audit_entry (practice, at, chain, sequence);
CREATE INDEX audit_entry_by_actor ON audit_entry (practice, actor_key, at, chain, sequence);
CREATE INDEX audit_entry_by_epoch ON audit_entry (practice, epoch, chain, sequence);
CREATE INDEX audit_entry_by_action ON audit_entry (practice, chain, action, sequence);

CREATE TABLE audit_checkpoint (
    practice TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    -- 1, 2, 3 ... without a gap.
    number   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    key_id   BIGINT NOT NULL,
    -- A keyed hash over this checkpoint, its heads and the checkpoint before it.
    mac      BYTEA  NOT NULL,
    PRIMARY KEY (practice, number)
);

-- The head of every chain that grew since the checkpoint before.
CREATE TABLE audit_checkpoint_head (
    practice TEXT   COLLATE "C" NOT NULL,
    number   BIGINT NOT NULL,
    chain    TEXT   COLLATE "C" NOT NULL,
    length   BIGINT NOT NULL,
    mac      BYTEA  NOT NULL,
    PRIMARY KEY (practice, number, chain),
    FOREIGN KEY (practice, number) REFERENCES audit_checkpoint (practice, number)
);

-- Append-only, whoever asks; the portal's own role has no right to more anyway.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END;
$$;

CREATE TRIGGER audit_entry_stays_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_checkpoint_stays_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_checkpoint_head_stays_as_written BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_head_is_kept BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.practice <> OLD.practice OR NEW.chain <> OLD.chain OR NEW.length NOT IN (OLD.length, OLD.length + 1))
    EXECUTE FUNCTION audit_is_append_only();
