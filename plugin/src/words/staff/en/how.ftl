### How somebody passed the second step of a log in, as it goes on record.

# With a code from the app.
app = with a code from an app
# With a passkey.
passkey = with a passkey
# With a recovery code. The patient's account page knows older records by these words: never change them.
recovery-code = with a recovery code
