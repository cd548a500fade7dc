### The actions that the tab offers, what is asked before them, and what came of them.

# The action that invites a patient.
create = Create this user
# After creating the user.
created = The user was created. Print the instructions and hand them to the patient.
# Creating a user who is there already.
created-before = This user has been created already. Nothing was changed.
# Someone else was faster.
created-by-someone-else = Someone else has just created this user. Nothing was changed a second time.

# The action that invites a patient again.
reissue = Issue a new Portal ID
# The question before a Portal ID that still works is replaced.
reissue-question = The ID on the sheet stops working at once. Issue a new one?
# After issuing a new ID.
reissued = A new Portal ID was issued. The old instructions no longer work: print the new ones and hand them to the patient.
# Issuing a new ID twice in a row.
reissued-before = A new Portal ID was issued a moment ago. Nothing was changed.

# The action that lets the patient log in again.
unlock = Unlock login
# After unlocking.
unlocked = The login is unlocked. The patient can try again.
# Unlocking what is not locked.
unlocked-before = This login is not locked. Nothing was changed.

# The action that takes the login away.
reset = Reset login
# The question before it.
reset-question = The patient's username and password stop working at once, the second step and its recovery codes go too, and they are logged out everywhere. You get a new Portal ID to print and hand over. Use this when a password was forgotten, when the phone or key for the second step was lost, or when somebody else activated the account.
# After resetting.
reset-done = The login was reset, and a new Portal ID was issued. Print the instructions and hand them to the patient.

# The action that turns access off.
turn-off = Turn access off
# The question before it.
turn-off-question = The patient can no longer log in, and is logged out everywhere. A Portal ID that was handed over stops working. You can turn access on again.
# What is asked for before access is turned off.
reason = Reason, for the record (no health information)
# When less than a word was typed there.
reason-missing = Write a few words, such as: moved away.
# When too much was typed there.
reason-too-long = Write at most 200 characters.
# After turning access off.
turned-off = Access is off. The patient can no longer log in.

# The action that turns access on again.
turn-on = Turn access on
# After turning access on for someone with a login.
turned-on = Access is on. The patient can log in as before.
# After turning access on for someone without a login.
turned-on-and-invited = Access is on, and a new Portal ID was issued. Print the instructions and hand them to the patient.

# Someone else was faster.
changed-by-someone-else = Someone else has just changed this user. Nothing was changed a second time.
# Somebody changed the account after the button was drawn, and what they did is not known.
overtaken = This user was changed after you opened the page, so nothing was done. This is how it stands now.
# Somebody changed the account after the button was drawn; what they did is told as in the history.
overtaken-by = This user was changed after you opened the page, so nothing was done. { $who }: “{ $act }”. This is how it stands now.
