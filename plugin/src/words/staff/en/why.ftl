### Why something was refused or ended, as it goes on record for the auditor. What is there already was written in these words.

# No open or expired invitation has the ID.
no-invitation = no invitation has this Portal ID
# The invitation is no longer open.
expired = the Portal ID has expired
# The account was activated or turned off meanwhile.
no-longer-invited = the Portal ID belongs to an account that no longer waits for it
# The sheet's QR code leads nowhere, any more.
no-sheet = no open invitation belongs to this QR code
# Typing a Portal ID is paused.
paused = typing a Portal ID is paused
# Initials or date of birth are not those on file.
other-details = the initials or the date of birth do not match
# No account has the username.
no-account = no account has this username
# The password is another one.
wrong-password = wrong password
# Staff turned access off.
access-off = access is off
# The patient ended it from another browser. Their account page knows older records by these words: never change them.
ended-elsewhere = ended from another browser
# The browser had a session already.
logged-in-again = the same browser logged in again
# After too many wrong ones while logged in.
too-many = too many wrong passwords
