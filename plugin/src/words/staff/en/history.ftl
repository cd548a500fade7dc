### What somebody did, as the history in the tab tells it. The name of who did it stands beside.

# A deed, after who did it.
tab-viewed = Viewed this tab
# A deed, after who did it.
invitation-issued = Created this user and issued a Portal ID
# A deed, after who did it.
invitation-reissued = Issued a new Portal ID
# A deed, after who did it.
instructions-printed = Opened the patient instructions to print
# A deed, after who did it.
invitation-expired = The Portal ID was not used in time and was deleted
# A deed, after who did it.
invitation-burnt = Gave too many wrong answers: the Portal ID stopped working
# A deed, after who did it.
activation-confirmed = Confirmed who they are on the website
# A deed, after who did it.
activation-refused = Tried to activate the account and was refused
# A deed, after who did it.
activation-blocked = Tried to activate the account too often and was blocked
# A deed, after who did it.
activation-paused = Gave the wrong answer after which typing a Portal ID was paused
# A deed, after who did it.
credentials-set = Chose a username and password: the account is active
# A deed, after who did it.
password-rehashed = The stored password was protected more strongly
# A deed, after who did it.
sign-in-succeeded = Logged in
# A deed, after who did it.
sign-in-refused = Tried to log in and was refused
# A deed, after who did it.
sign-in-blocked = Tried to log in too often and was blocked
# A deed, after who did it.
sign-in-disabled = Tried too many passwords in a row: logging in was stopped
# A deed, after who did it.
sign-in-row-ended = Logged in after wrong tries
# A deed, after who did it.
device-remembered = Logged in with a browser for the first time
# A deed, after who did it.
sign-in-unlocked = Unlocked the login
# A deed, after who did it.
password-changed = Chose another password
# A deed, after who did it.
password-change-refused = Tried to change the password and was refused
# A deed, after who did it.
sessions-ended = Logged out everywhere
# A deed, after who did it.
session-renewed = Went on in the same browser
# A deed, after who did it.
second-step-asked = Said the right password and was asked for the second step
# A deed, after who did it.
second-step-refused = Failed the second step
# A deed, after who did it.
second-step-blocked = Tried the second step too often
# A deed, after who did it.
second-step-disabled = Stopped the login: too many tries at the second step
# A deed, after who did it.
factor-used = Passed the second step
# A deed, after who did it.
factor-added = Added a second step
# A deed, after who did it.
factor-removed = Removed a second step
# A deed, after who did it.
factor-change-refused = Tried to change the second step and was refused
# A deed, after who did it.
recovery-codes-drawn = Got new recovery codes
# A deed, after who did it.
login-reset = Reset the login and issued a Portal ID
# A deed, after who did it.
access-turned-off = Turned access off
# A deed, after who did it.
access-turned-on = Turned access on
# A deed, after who did it.
session-closed = Logged out

# The same thing, so many times in a row.
times = { $count ->
    [1] { $what }
   *[other] { $what } ({ $count } times)
}
# A deed with what an auditor may want to know besides.
with-detail = { $what }: { $detail }
