//! What holds on every database this crate runs on. Each test takes a [`Bed`] and knows nothing of
//! the database behind it; the list at the end is run once for each driver.

mod access_levels;
mod accounts;
mod attempts;
mod audit;
mod audit_export;
mod audit_seal;
mod audit_tampering;
mod batches;
mod bed;
pub(crate) mod executed;
mod isolation;
mod keys;
mod patients;
mod postgres;
mod postgres_plans;
mod practice;
mod reseal;
mod search;
mod second_factors;
mod seeding;
mod sessions;
mod sqlite;
mod staff;
mod staff_sessions;
mod statements;

use bed::Bed;
use std::pin::Pin;

type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Lists every contract test, and runs each on a fresh SQLite file and on a fresh PostgreSQL database.
macro_rules! contract {
    ($($file:ident: $($test:ident),+;)+) => {
        /// Every contract test, for whoever runs them all.
        const ALL: &[fn(Bed) -> Running] = &[$($(|bed| Box::pin($file::$test(bed))),+),+];

        mod on_sqlite {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread")]
                async fn $test() {
                    super::super::$file::$test(super::super::Bed::sqlite().await).await;
                })+
            })+
        }

        mod on_postgres {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread")]
                async fn $test() {
                    super::super::$file::$test(super::super::Bed::postgres().await).await;
                })+
            })+
        }
    };
}

contract! {
    accounts:
        an_account_is_found_as_it_was_saved,
        a_stale_save_changes_nothing,
        of_fifty_first_saves_one_wins,
        of_fifty_later_saves_one_wins,
        a_portal_id_belongs_to_one_invitation,
        a_username_belongs_to_one_account,
        of_many_accounts_racing_for_a_username_one_gets_it,
        a_portal_id_is_wiped_when_the_invitation_is_over,
        access_turned_off_keeps_the_credentials,
        an_invitation_that_lapsed_keeps_how_and_when,
        a_save_forgets_the_counters_it_names,
        an_invitation_that_ran_out_lapses_a_while_later,
        many_invitations_that_ran_out_all_lapse;
    reseal:
        rotated_keys_seal_every_portal_id_and_factor_anew,
        what_cannot_be_sealed_anew_stays_as_it_is;
    second_factors:
        factors_are_found_as_they_were_stored,
        replacing_factors_takes_the_revision_that_was_read,
        of_many_concurrent_replacements_one_wins,
        a_factor_moves_forward_once,
        of_many_concurrent_uses_of_a_code_one_passes,
        factors_go_with_the_credentials,
        a_step_is_found_as_it_was_opened_and_swept_when_over,
        of_many_that_pass_a_step_one_gets_a_session,
        another_practice_sees_no_factor_and_no_step;
    attempts:
        an_attempt_beyond_the_limit_is_blocked,
        a_blocked_attempt_raises_no_counter,
        a_window_starts_afresh_when_it_is_over,
        two_hundred_concurrent_attempts_pass_exactly_the_limit,
        a_forgiven_attempt_can_be_made_again,
        looking_counts_nothing,
        a_cleared_counter_starts_afresh_and_is_on_record,
        expired_counters_are_swept;
    sessions:
        a_session_is_found_as_it_was_opened,
        a_token_opens_one_session,
        seen_moves_forward_and_never_back,
        a_closed_session_is_gone_and_on_record,
        closing_an_unknown_session_writes_nothing,
        a_patients_sessions_are_listed_last_used_first,
        ended_sessions_are_swept_a_few_at_a_time;
    audit:
        entries_are_newest_first_and_limited,
        history_goes_on_where_a_page_ended,
        the_latest_of_some_actions_is_found,
        an_entry_keeps_the_name_of_its_time,
        an_actor_is_named_as_on_file_or_else_by_key,
        concurrent_entries_are_numbered_without_a_gap,
        a_change_of_the_portal_and_its_event_commit_together,
        a_change_by_staff_and_its_event_commit_together;
    audit_seal:
        an_untouched_trail_is_whole,
        concurrent_writers_keep_every_chain_whole,
        a_trail_that_grows_is_whole_at_every_moment,
        what_was_undone_leaves_no_gap,
        a_checkpoint_covers_what_grew_since_the_last,
        after_rotation_the_trail_is_whole_while_both_keys_are_held;
    audit_export:
        everything_comes_out_in_order_of_time,
        a_period_a_patient_and_a_user_narrow_the_export,
        a_cell_is_never_a_formula,
        every_line_is_an_audit_event;
    patients:
        a_patient_is_found_with_every_name,
        a_single_name_stays_single,
        a_patient_may_have_no_birth_date,
        details_are_shown_in_full;
    search:
        names_are_found_without_case_and_accents,
        another_name_on_file_is_found,
        a_patient_with_several_fitting_names_is_listed_once,
        last_and_first_name_narrow_each_other,
        chart_numbers_and_birth_dates_are_found_exactly,
        paging_forward_and_back_shows_everyone_once,
        paging_through_several_ways_shows_everyone_once,
        a_cursor_of_another_query_stays_within_the_query;
    staff:
        staff_sign_in_by_name,
        rights_are_what_the_access_level_grants,
        an_access_level_can_be_assigned,
        an_assignment_over_another_is_stale,
        nobody_assigns_more_than_they_have,
        the_last_administrator_stays_one,
        two_administrators_cannot_demote_each_other_at_once,
        a_refused_sign_in_is_on_record,
        a_stronger_hash_takes_the_place_of_the_one_it_was_made_from;
    access_levels:
        an_access_level_is_created_and_edited,
        a_name_is_taken_whatever_its_case,
        an_edit_of_an_old_version_is_stale,
        of_many_concurrent_edits_one_wins,
        an_edit_that_changes_nothing_leaves_no_trace,
        the_built_in_level_cannot_be_changed,
        nobody_ticks_more_than_they_have,
        an_unknown_level_is_named_so;
    staff_sessions:
        a_staff_session_opens_is_touched_and_closes,
        a_staff_session_is_not_found_once_it_has_ended,
        a_notice_is_taken_once,
        a_search_is_kept_with_its_session_only;
    batches:
        a_list_keeps_its_patients_and_says_what_was_wrong_with_the_rest,
        a_list_is_started_once_and_each_step_is_on_record,
        a_list_is_worked_through_a_few_at_a_time,
        what_a_dead_host_was_at_is_taken_up_by_another,
        a_host_that_waits_keeps_its_list_and_one_that_stops_leaves_it,
        a_cancelled_list_ends_after_what_is_under_way,
        a_list_that_cannot_go_on_says_why,
        a_cancelled_list_that_cannot_find_out_the_rest_says_so_on_record,
        patients_of_an_outcome_are_listed_in_their_order_page_by_page,
        another_practice_sees_nothing_of_a_list;
    practice:
        a_website_leads_to_its_practice,
        a_website_belongs_to_one_practice,
        a_changed_profile_is_seen_at_once,
        a_practice_is_described_anew_on_record_and_its_neighbour_is_not,
        a_closed_website_leads_nowhere_and_can_be_anothers,
        a_policy_out_of_bounds_is_refused,
        local_time_knows_summer_time,
        switching_the_module_keeps_what_is_stored;
    keys:
        a_host_with_other_keys_is_turned_away,
        a_host_with_keys_from_before_a_rotation_is_turned_away,
        whether_a_database_is_there_is_told_without_making_one;
    seeding:
        the_sandbox_is_seeded_once,
        made_up_patients_are_the_same_every_time,
        seeding_goes_on_where_it_stopped;
    isolation:
        another_practice_sees_nothing_of_the_portal,
        another_practice_sees_nothing_of_the_ehr;
}
