-- The practices of this installation. Every other row belongs to one, and every key begins with it.
CREATE TABLE practice (
    id                      TEXT    NOT NULL PRIMARY KEY,
    name                    TEXT    NOT NULL,
    phone                   TEXT    NOT NULL,
    helpdesk_url            TEXT    NOT NULL,
    -- An IANA name, such as America/Chicago.
    time_zone               TEXT    NOT NULL,
    portal_url              TEXT    NOT NULL,
    -- BCP 47, separated by single spaces, preferred first.
    languages               TEXT    NOT NULL CHECK (languages <> ''),
    invitation_days         BIGINT  NOT NULL CHECK (invitation_days BETWEEN 1 AND 21),
    minimum_password_length BIGINT  NOT NULL CHECK (minimum_password_length BETWEEN 8 AND 64),
    idle_minutes            BIGINT  NOT NULL CHECK (idle_minutes BETWEEN 1 AND 120),
    session_hours           BIGINT  NOT NULL CHECK (session_hours BETWEEN 1 AND 24)
);

-- The one table whose key does not begin with the practice: it is how the practice is found.
CREATE TABLE website (
    host     TEXT NOT NULL PRIMARY KEY,
    practice TEXT NOT NULL REFERENCES practice (id)
);
CREATE INDEX website_by_practice ON website (practice, host);

-- Modules for an additional fee. No row means never switched on.
CREATE TABLE add_on (
    practice   TEXT    NOT NULL REFERENCES practice (id),
    add_on     TEXT    NOT NULL,
    is_on      BOOLEAN NOT NULL,
    PRIMARY KEY (practice, add_on)
);
