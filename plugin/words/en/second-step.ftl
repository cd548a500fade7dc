### What patients read about the second step of a log in: when it is asked for, and when it is set up.

# The title of the page after the password.
title = One more step
# The field for the code from the app.
code = Code from your app
# How to find it.
code-hint = Open the app on your phone. Type the 6 digits it shows for us.
# Nothing was typed.
code-missing = Please type the 6 digits from your app.
# It is another one, or was used before.
code-wrong = This code does not fit. Each code works once and for half a minute. Type the one your app shows now.
# The button under a code.
go-on = Go on
# The button for a passkey.
use-passkey = Use your passkey
# Above it.
passkey-text = Your phone, computer or security key asks you to confirm that it is you.
# The passkey was not taken.
passkey-wrong = That did not work. Please try your passkey again, or use another way.
# Where no script runs, a passkey cannot be used.
passkey-needs-script = A passkey needs JavaScript, which is off in this browser. Turn it on, or use a recovery code.
# The browser knows no passkeys, or the patient closed its window.
passkey-failed = This did not work in your browser. Please try again, or use another way.
# Leads to the page for recovery codes.
lost = No phone or key at hand? Use a recovery code
# Where no recovery codes are left.
lost-all = No phone or key at hand? Call { $practice } at { $phone }.

# The title of the page for recovery codes.
recovery-title = Use a recovery code
# Above the field.
recovery-intro = You got recovery codes when you added the second step. Each works once. Cross it out when you have used it.
# The field.
recovery = Recovery code
# How it may be typed.
recovery-hint = 24 letters and digits. Small or large letters and hyphens make no difference.
# Nothing was typed.
recovery-missing = Please type one of your recovery codes.
# It is none of theirs, or was used.
recovery-wrong = This code does not fit. Check every letter, or take one you have not used yet.

# The title of the page where it is set up, and the link to it.
settings = Second step at log in
# Where nothing is set up, and only an app is offered.
settings-off = With a second step nobody gets in with your password alone. You need an app on your phone as well.
# Where nothing is set up, and passkeys are offered.
settings-off-with-passkeys = With a second step nobody gets in with your password alone. You need your phone, your computer or a security key as well.
# Where something is.
settings-on = After your password we ask for one of these:
# Where the practice asks everyone.
settings-required = Your practice asks everyone to add a second step. Please add one to go on.
# What to do there for who has nothing to add, where only an app is offered.
nothing-to-add = No smartphone for this? Call { $practice } at { $phone }.
# What to do there for who has nothing to add, where passkeys are offered.
nothing-to-add-with-passkeys = No phone, computer or security key for this? Call { $practice } at { $phone }.
# From a form back to it.
back = Back to the second step
# Where nothing is set up, after a form that was sent twice, as by loading its answer again, or too late.
as-it-stands-off = This was done already, or the page was open for too long. No second step is set up now.
# Above what is set up, after a form that was sent twice, as by loading its answer again, or too late.
as-it-stands-on = This was done already, or the page was open for too long. This is what is set up now. If you did not keep your recovery codes, get new ones.
# On the home page, to who has none.
offer = Make your account safer: add a second step
# On the page after activation.
offer-at-activation = After you log in, you can also add a second step, such as a code on your phone.
# On the page after activation, where the practice asks everyone.
offer-at-activation-required = After you log in, we ask you to add a second step, such as a code on your phone.

# Adds an app.
add-app = Add an app that shows codes
# How the app is called in lists.
app = App on your phone
# Above the form.
add-app-intro = You need an authenticator app on your phone. Many are free. In the app, add an account and scan this code. Then type the 6 digits it shows.
# Names the QR code to whoever cannot see it.
app-qr = QR code for your app
# Leads to the app, since a phone cannot scan its own screen.
open-app = Open your app on this phone
# Above the letters that stand for it.
app-secret = Cannot scan it? Type this into the app:

# Adds a passkey.
add-passkey = Add a passkey
# Above the form.
add-passkey-intro = A passkey is kept by your phone, your computer or a security key. You use it with your finger, your face or a PIN. Give it a name, so that you know it later.
# The field for its name.
passkey-name = Name of the passkey
# An example.
passkey-name-hint = Such as: my phone
# Nothing was typed.
passkey-name-missing = Please give it a name, such as: my phone.
# Too long.
passkey-name-too-long = Please use a shorter name, of { $longest } letters at the most.
# There are many.
too-many-passkeys = You have { $most } passkeys. Remove one before you add another.

# Who logged in a while ago has to do so again, with the second step, before it is changed.
log-in-first = Please log in again first
# Why.
log-in-first-text = You logged in a while ago. To change your second step, log out and log in again with it. So nobody can change it who only found your browser open.
# The button.
log-out-first = { -log-out }

# The password once more, before the second step is changed.
password = Your password
# Why it is asked for.
password-hint = To make sure that it is you.

# Removes one.
remove = Remove one
# Above the form.
remove-intro = Choose what to remove. Without any of them, your password alone lets you in, and your recovery codes are gone too.
# Above the form, where the practice asks everyone.
remove-intro-required = Choose what to remove. Your practice asks for a second step, so one of them has to stay.
# The choice.
which = Which one?
# Nothing was chosen.
which-missing = Please choose one.
# The button.
remove-now = Remove
# The last one cannot go while the password is short.
password-too-short-alone = Your password is too short to be used alone. Choose a longer one first, then remove the second step.
# The last one cannot go where the practice asks for one.
last-is-required = Your practice asks for a second step. Add another one before you remove this.

# Leads to new codes, and the title of their page.
new-codes = Get new recovery codes
# Above the form.
new-codes-intro = New codes take the place of those you have. The old ones stop working.
# The button.
make-codes = Make new codes
# The title of the page with codes.
codes-title = Your recovery codes
# Above the codes.
codes-text = To print this page, choose Print in the menu of your browser. Or write the codes down. Keep them where you keep important papers. If you lose your phone or key, each code lets you in once. We cannot show them again.
# After the first of them was added.
added = The second step was added. Everywhere else you were logged out.
# How many codes are left.
codes-left = { $count ->
    [one] You have { $count } recovery code left. Get new ones soon.
   *[other] You have { $count } recovery codes left.
}
# No codes are left.
codes-left-none = You have no recovery codes left. Get new ones.
# Since when there is one: a moment for a screen.
since = added { $day }
