-- What the portal's hosts may do with the tables, and no more: run it once as the tables' owner, and again after
-- every upgrade; it can be run as often as you like. Hosts log in as a user who is a member of this role:
--
--     CREATE ROLE portal LOGIN PASSWORD '...' IN ROLE portal_host;
--
-- What is on record can be added to by it, and neither changed nor taken away.
DO $$
BEGIN
    CREATE ROLE portal_host NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END;
$$;

GRANT USAGE ON SCHEMA public TO portal_host;

GRANT SELECT ON _sqlx_migrations TO portal_host;

GRANT SELECT, INSERT ON
    audit_entry, audit_checkpoint, audit_checkpoint_head,
    patient, patient_name, batch_fault, host_key
    TO portal_host;

GRANT SELECT, INSERT, UPDATE ON
    audit_head,
    practice, add_on, access_level, staff,
    portal_account, batch, batch_patient
    TO portal_host;

GRANT SELECT, INSERT, DELETE ON
    access_level_right, access_level_menu, website
    TO portal_host;

GRANT SELECT, INSERT, UPDATE, DELETE ON
    staff_session, staff_notice,
    portal_session, portal_step, portal_factor, attempt_counter
    TO portal_host;
