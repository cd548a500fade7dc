### What the pages under “Invite many…” say of what was entered and done.

# Neither a file nor a number.
nothing-given = Choose a file, or paste at least one chart number.
# Nobody was chosen on the list of patients.
nobody-chosen = Tick at least one patient, or take everyone found.
# The search found more than a list may have.
more-than-fit = More patients were found than a list may have: the first { $most } are on it. When this list is finished, search for the others and make another.
# The portal's component is of an earlier version.
not-in-this-version = The version of the Patient Portal that is installed here cannot invite many patients in one go. Invite them one at a time, in the tab Patient Portal Admin of each patient.
# The practice does not have the add-on.
module-off = Your practice does not have the Patient Portal module, so nobody can be invited. To get it, submit a ticket to the Helpdesk.
# A list is finished.
list-done = Every patient on the list was looked at.
# A list was put away before it was begun.
list-discarded = This list was discarded. Nobody was invited.
# A list was ended by somebody.
list-cancelled = This list was cancelled. Who was invited before that stays invited.
# A list was ended by something, which $why says.
list-stopped = { $why } Who was invited before that stays invited.
# A button of an old page.
done-before = That was done before, or cannot be done any more. This is how it stands now.
