//! The patient search's statements, each beginning at its place in an index.
//!
//! Where a name column is followed by `|| ''`, SQLite must not use that column's index: it knows no
//! better than to walk through a range of names for each row, where the patient's own few names are
//! meant. The tests look at every plan.

use crate::driver::statements;

statements! {
    PLACE_OF = "SELECT family_folded, given_folded FROM patient_name \
        WHERE practice = $1 AND patient = $2 AND position = $3";
    // A patient several of whose names fit is listed once, under the first.
    FAMILY_AFTER = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        record.given_name AS record_given, record.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient_name AS name \
        JOIN patient ON patient.practice = name.practice AND patient.id = name.patient \
        JOIN patient_name AS record ON record.practice = name.practice \
            AND record.patient = name.patient AND record.position = 0 \
        WHERE name.practice = $1 \
        AND (name.family_folded, name.given_folded, name.patient, name.position) > ($6, $7, $8, $9) \
        AND name.family_folded < $3 AND name.given_folded >= $4 AND name.given_folded < $5 \
        AND NOT EXISTS (SELECT 1 FROM patient_name AS better WHERE better.practice = name.practice \
            AND better.patient = name.patient AND better.position < name.position \
            AND better.family_folded || '' >= $2 AND better.family_folded || '' < $3 \
            AND better.given_folded || '' >= $4 AND better.given_folded || '' < $5) \
        ORDER BY name.family_folded, name.given_folded, name.patient, name.position LIMIT $10";
    FAMILY_BEFORE = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        record.given_name AS record_given, record.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient_name AS name \
        JOIN patient ON patient.practice = name.practice AND patient.id = name.patient \
        JOIN patient_name AS record ON record.practice = name.practice \
            AND record.patient = name.patient AND record.position = 0 \
        WHERE name.practice = $1 \
        AND (name.family_folded, name.given_folded, name.patient, name.position) < ($6, $7, $8, $9) \
        AND name.family_folded >= $2 AND name.given_folded >= $4 AND name.given_folded < $5 \
        AND NOT EXISTS (SELECT 1 FROM patient_name AS better WHERE better.practice = name.practice \
            AND better.patient = name.patient AND better.position < name.position \
            AND better.family_folded || '' >= $2 AND better.family_folded || '' < $3 \
            AND better.given_folded || '' >= $4 AND better.given_folded || '' < $5) \
        ORDER BY name.family_folded DESC, name.given_folded DESC, name.patient DESC, name.position DESC \
        LIMIT $10";
    // Whoever is already listed by family name is left out.
    GIVEN_AFTER = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        record.given_name AS record_given, record.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient_name AS name \
        JOIN patient ON patient.practice = name.practice AND patient.id = name.patient \
        JOIN patient_name AS record ON record.practice = name.practice \
            AND record.patient = name.patient AND record.position = 0 \
        WHERE name.practice = $1 \
        AND (name.given_folded, name.family_folded, name.patient, name.position) > ($6, $7, $8, $9) \
        AND name.given_folded < $5 \
        AND NOT EXISTS (SELECT 1 FROM patient_name AS better WHERE better.practice = name.practice \
            AND better.patient = name.patient \
            AND (better.family_folded || '' >= $2 AND better.family_folded || '' < $3 \
                OR better.position < name.position \
                AND better.given_folded || '' >= $4 AND better.given_folded || '' < $5)) \
        ORDER BY name.given_folded, name.family_folded, name.patient, name.position LIMIT $10";
    GIVEN_BEFORE = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        record.given_name AS record_given, record.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient_name AS name \
        JOIN patient ON patient.practice = name.practice AND patient.id = name.patient \
        JOIN patient_name AS record ON record.practice = name.practice \
            AND record.patient = name.patient AND record.position = 0 \
        WHERE name.practice = $1 \
        AND (name.given_folded, name.family_folded, name.patient, name.position) < ($6, $7, $8, $9) \
        AND name.given_folded >= $4 \
        AND NOT EXISTS (SELECT 1 FROM patient_name AS better WHERE better.practice = name.practice \
            AND better.patient = name.patient \
            AND (better.family_folded || '' >= $2 AND better.family_folded || '' < $3 \
                OR better.position < name.position \
                AND better.given_folded || '' >= $4 AND better.given_folded || '' < $5)) \
        ORDER BY name.given_folded DESC, name.family_folded DESC, name.patient DESC, name.position DESC \
        LIMIT $10";
    // A day is one of tens of thousands: few enough patients to be sorted each time. To SQLite a cross
    // join also says which table comes first.
    BORN_AFTER = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        name.given_name AS record_given, name.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient CROSS JOIN patient_name AS name \
        WHERE patient.practice = $1 AND patient.birth_date = $2 AND name.practice = patient.practice \
        AND name.patient = patient.id AND name.position = 0 \
        AND (name.family_folded, name.given_folded, name.patient) > ($3, $4, $5) \
        ORDER BY name.family_folded, name.given_folded, name.patient LIMIT $6";
    BORN_BEFORE = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        name.given_name AS record_given, name.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient CROSS JOIN patient_name AS name \
        WHERE patient.practice = $1 AND patient.birth_date = $2 AND name.practice = patient.practice \
        AND name.patient = patient.id AND name.position = 0 \
        AND (name.family_folded, name.given_folded, name.patient) < ($3, $4, $5) \
        ORDER BY name.family_folded DESC, name.given_folded DESC, name.patient DESC LIMIT $6";
    CHART = "SELECT name.patient, name.position, name.given_name, name.family_name, \
        name.given_name AS record_given, name.family_name AS record_family, \
        patient.birth_date, patient.sex, patient.phone \
        FROM patient JOIN patient_name AS name ON name.practice = patient.practice \
            AND name.patient = patient.id AND name.position = 0 \
        WHERE patient.practice = $1 AND patient.id = $2";
}
