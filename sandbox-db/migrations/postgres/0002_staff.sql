-- What staff may do: access levels, and the staff users who each have one.
CREATE TABLE access_level (
    practice    TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    name_folded TEXT   COLLATE "C" NOT NULL,
    description TEXT   NOT NULL,
    -- Grants everything, whatever is ticked, and cannot be changed.
    built_in    BIGINT NOT NULL CHECK (built_in IN (0, 1)),
    -- Grows by one with every change.
    version     BIGINT NOT NULL,
    PRIMARY KEY (practice, id),
    CONSTRAINT access_level_name_folded_unique UNIQUE (practice, name_folded)
);

CREATE TABLE access_level_right (
    practice     TEXT   COLLATE "C" NOT NULL,
    access_level BIGINT NOT NULL,
    module       TEXT   COLLATE "C" NOT NULL,
    access       TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (practice, access_level, module, access),
    FOREIGN KEY (practice, access_level) REFERENCES access_level (practice, id)
);

CREATE TABLE access_level_menu (
    practice     TEXT   COLLATE "C" NOT NULL,
    access_level BIGINT NOT NULL,
    menu         TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (practice, access_level, menu),
    FOREIGN KEY (practice, access_level) REFERENCES access_level (practice, id)
);

-- A member of staff signs in with the key.
CREATE TABLE staff (
    practice      TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    id            TEXT   COLLATE "C" NOT NULL,
    name          TEXT   COLLATE "C" NOT NULL,
    password_hash TEXT   NOT NULL,
    access_level  BIGINT NOT NULL,
    PRIMARY KEY (practice, id),
    FOREIGN KEY (practice, access_level) REFERENCES access_level (practice, id)
);
CREATE INDEX staff_by_access_level ON staff (practice, access_level);

CREATE TABLE staff_session (
    practice   TEXT   COLLATE "C" NOT NULL,
    -- The SHA-256 of the token in the cookie.
    token_hash BYTEA  NOT NULL,
    staff      TEXT   COLLATE "C" NOT NULL,
    opened     BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    ends       BIGINT NOT NULL,
    -- What the patient list was last searched for. Kept here because it names people, and an
    -- address would end up in histories and logs.
    search     TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, staff) REFERENCES staff (practice, id)
);
CREATE INDEX staff_session_by_end ON staff_session (practice, ends);

-- A notice for the next page of a session, shown once.
CREATE TABLE staff_notice (
    practice   TEXT  COLLATE "C" NOT NULL,
    token_hash BYTEA NOT NULL,
    tone       TEXT  NOT NULL,
    text       TEXT  NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, token_hash) REFERENCES staff_session (practice, token_hash) ON DELETE CASCADE
);
