### Labels that stand on the screen and on paper word for word alike. Terms only: the other files quote them.

# The link on the main login page, and the way to User Confirmation.
-activate-account = Activate Account
# The title of the page that asks who a patient is.
-user-confirmation = User Confirmation
# The six digits.
-portal-id = Patient Portal ID
# The first letter of the given name.
-first-initial = First initial of your first name
# The first letter of the family name.
-last-initial = First initial of your last name
# The day the patient was born.
-birth-date = Date of birth
# How a date is written.
-date-form = MM/DD/YYYY
# The button under User Confirmation.
-confirm = Confirm
# The name to log in with.
-username = Username
# The secret to log in with.
-password = Password
# The same secret, against mistyping.
-password-again = Password again
# The button under the new credentials.
-save = Save
# The button after activation.
-to-log-in = Go to the login page
# The button on the main login page.
-log-in = Log in
# The button on top of every page behind the log in.
-log-out = Log out
# The button on the account page that ends all sessions.
-end-all = Log out everywhere
# How the language calls itself, in the language switch on top of every page.
-language-name = English
