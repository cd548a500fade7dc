### What staff read in the tab Patient Portal Admin, besides its actions and its history.

# The tab's title.
tab = Patient Portal Admin
# The document that is handed over.
print-instructions = Print Patient Instructions
# To who may look and not change anything, in place of the buttons.
look-only = You can look here. Changes take the right Connect EHR > Edit.

# Where the patient stands.
status = Status
# Until when the Portal ID works.
valid-until = Valid until
# Why access is off.
why = Reason
# When the patient last logged in.
last-login = Last login
# The patient has not logged in yet.
never = Not yet

# What the patient logs in with besides the password.
second-step = Second step
# The same where the host cannot answer.
second-step-unknown = Cannot be told right now
# What there is, by its kind alone: what the patient calls it is theirs.
second-step-app-and-passkey = App and passkey
# What there is, by its kind alone: what the patient calls it is theirs.
second-step-app = App
# What there is, by its kind alone: what the patient calls it is theirs.
second-step-passkey = Passkey
# What there is, by its kind alone: what the patient calls it is theirs.
second-step-none = None

# No one has created the user.
not-invited = Not invited
# The Portal ID works until then.
invited-until = Invited until { $moment }
# The Portal ID was not used in time.
expired = Invitation expired
# Too many wrong answers were given.
burnt = Portal ID stopped working { $moment }, after too many wrong answers
# The patient can log in since then.
active-since = Active since { $moment }
# Staff turned access off, and who did is not on record.
off = Off
# Staff turned access off.
off-since = Off since { $moment }, by { $who }

# Where the patient stands, and that failed attempts have paused it.
paused-until = { $stands }, paused by failed attempts until { $moment }
# Where the patient stands, and that failed attempts have stopped it.
stopped = { $stands }, stopped by failed attempts until it is unlocked

# Somebody tried many Portal IDs with what is known of the patient.
typing-paused = After failed attempts with this patient's initials and date of birth, the website refuses a typed Portal ID until { $until }. The QR code on the sheet still works. Issuing a new Portal ID clears it at once.
# No more answers are taken for the Portal ID.
confirming-paused = After failed attempts, the website refuses this Portal ID and its QR code until { $until }. Issuing a new Portal ID clears it at once.
# Wrong passwords came from many places.
login-paused = After many wrong passwords or codes, the website takes no more of them for this login until { $until }, at least not from where they came. Another browser, such as one that the patient logged in with before, may still work. If the patient calls, make sure who they are, then unlock the login.
# Login was stopped after too many wrong passwords or codes in a row.
locked = Logging in was stopped after too many wrong passwords or codes in a row. If the patient calls, make sure who they are, then unlock the login.

# Why the user cannot be created.
missing-birth-date = The portal needs a date of birth, and this patient has none on file. Add it under Demographics first.
# Why the user cannot be created.
missing-initials = The portal needs the patient's initials, and the name on file has no letters. Correct it under Demographics first.
