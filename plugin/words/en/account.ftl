### What patients read about their own account.

# The title of the account page, and the link to it.
title = Your account
# Before the username.
your-username = { -username }
# The link and the title of the page for another password.
change-password = Change your password
# Above the form for another password.
change-password-intro = After you save, you stay logged in here and are logged out everywhere else.
# The password that is to be changed.
current-password = Your password now
# The password to be.
new-password = New password
# The same, against mistyping.
new-password-again = New password again
# The password to be changed is another one.
current-wrong = This is not your password. Check it and try again.
# The title after the password was changed.
password-changed = Your password was changed
# After the password was changed.
password-changed-text = Use the new one from now on. Everywhere else you were logged out.
# From there back to the account.
to-account = Go to your account
# From a form back to the account.
back = Back to your account
# From the account page back.
to-home = Back to the home page

# Above the list of sessions.
sessions-title = Where you are logged in
# The session that asks.
this-browser = This browser
# Any other.
other-browser = Another browser
# Ends one.
end-session = Log out there
# Since when and until when a session was used; it follows the name of the browser and a comma.
used = since { $opened }, last used { $seen }
# In how many more places than the list shows.
more-sessions = { $more ->
    [one] There is { $more } more. “{ -end-all }” ends it too.
   *[other] There are { $more } more. “{ -end-all }” ends them all.
}

# Above what was done lately.
acts-title = What happened lately
# Under what was done lately: whose local time the page uses.
local-times = All times are in the local time of { $practice }.
# How to report what one did not do.
not-you = Was any of this not you? Call { $practice } at { $phone } right away. We can stop it at once and give you a new sheet.
# On the home page, when somebody logged in with this login besides the browser that shows it.
other-login = Last login apart from this one: { $moment }.
# On the home page, what gave or took access last; $what is one of the acts below.
last-change = Last change of your access: { $moment }. { $what }.
# The same, where the patient did it.
last-change-by-you = Last change of your access: { $moment }. { $what }, by you.
# What was done, and by whom of the practice; $what is one of the acts below.
by-staff = { $what }, by { $who } at the practice

# An act, as the patient is told it.
act-invitation-issued = Your portal account was created
# An act, as the patient is told it.
act-invitation-reissued = A new Portal ID was issued
# An act, as the patient is told it.
act-instructions-printed = Your sheet was printed
# An act, as the patient is told it.
act-invitation-expired = A Portal ID was not used in time
# An act, as the patient is told it.
act-invitation-burnt = A Portal ID stopped working after wrong answers
# An act, as the patient is told it.
act-activation-confirmed = Your Portal ID was used with your initials and date of birth
# An act, as the patient is told it: the activation was refused or blocked.
act-activation-refused = Your Portal ID was tried, without success
# An act, as the patient is told it.
act-credentials-set = A username and a password were chosen
# An act, as the patient is told it.
act-sign-in-with-recovery-code = Logged in with a recovery code
# An act, as the patient is told it.
act-sign-in-succeeded = Logged in
# An act, as the patient is told it.
act-sign-in-refused = An attempt to log in failed
# An act, as the patient is told it.
act-sign-in-blocked = An attempt to log in was not accepted, after too many wrong passwords
# An act, as the patient is told it.
act-sign-in-disabled = Logging in was stopped after too many wrong passwords
# An act, as the patient is told it.
act-sign-in-unlocked = Logging in was allowed again
# An act, as the patient is told it.
act-password-changed = The password was changed
# An act, as the patient is told it.
act-password-change-refused = A change of the password failed
# An act, as the patient is told it.
act-sessions-ended = Logged out everywhere
# An act, as the patient is told it.
act-second-step-asked = The right password was given, and the second step asked for
# An act, as the patient is told it.
act-second-step-refused = The second step failed
# An act, as the patient is told it: the second step was blocked or disabled.
act-second-step-blocked = The second step was tried too often
# An act, as the patient is told it.
act-factor-added = A second step was added
# An act, as the patient is told it.
act-factor-removed = A second step was removed
# An act, as the patient is told it.
act-factor-change-refused = A change of the second step failed
# An act, as the patient is told it.
act-recovery-codes-drawn = New recovery codes were made
# An act, as the patient is told it.
act-login-reset = Your login was reset
# An act, as the patient is told it.
act-access-turned-off = Access was turned off
# An act, as the patient is told it.
act-access-turned-on = Access was turned on
# An act, as the patient is told it.
act-session-closed-elsewhere = Logged out from another browser
# An act, as the patient is told it.
act-session-closed = Logged out

# The same thing, so many times in a row.
times = { $count ->
    [1] { $what }
   *[other] { $what } ({ $count } times)
}
