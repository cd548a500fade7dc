### What Patient Details and signing in say of what was done.

# Someone else was quicker, or the page was old.
changed-meanwhile = This was changed after you opened the page, so nothing was done. This is how it stands now; the history below says who did what.
# An old page offered what is gone.
not-printed = That cannot be printed any more. This is how it stands now.
# Names neither of the two: which one is wrong is what a guesser wants to know.
sign-in-refused = The user name or the password is wrong.
# The form was drawn for another visit.
sign-in-too-old = This page was open for too long, or your browser does not keep cookies. Please try again.
