### Which second step was added or removed, as it goes on record.

# An app was added.
app = an app
# A passkey was added.
passkey = a passkey
# One was removed and others are left.
one-of-several = one of several
# The last was removed.
the-last = the last one: the password alone lets in
