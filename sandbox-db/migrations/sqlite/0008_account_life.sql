-- The life of an account: who changed it last is asked for by action, and sessions by patient.

CREATE INDEX audit_entry_by_action ON audit_entry (practice, chain, action, sequence);

CREATE INDEX portal_session_by_patient ON portal_session (practice, patient, purpose, seen);

-- Whether changing anything in the tab takes the right to edit, beside the right to view it.
ALTER TABLE practice ADD COLUMN require_edit_right BIGINT NOT NULL DEFAULT 0
    CHECK (require_edit_right IN (0, 1));
