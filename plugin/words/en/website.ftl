### What patients read on the website, besides labels and mistakes.

# The accessible label of the language switch.
other-languages = Language

# The name of the website, after the practice's.
patient-portal = Patient Portal
# The first thing a keyboard reaches.
skip = Skip to the main content
# Above the list of mistakes.
mistakes-title = There is a problem
# Before the title of a page with mistakes, so that a screen reader says it first. It ends with a space.
error-prefix = Error:{ " " }
# Whom to call, at the foot of every page; the phone number follows.
need-help = Need help? Call us at

# On the main login page.
log-in-title = { -log-in }
# On the main login page, next to the way in for new patients.
first-time-title = New here?
# On the main login page.
first-time-text = Do you have a sheet with a { -portal-id }? Set up your login first.
# After a wrong username or a wrong password.
log-in-refused = This username and password do not match. Check both and try again. Capital letters matter in the password.

# Under a password, the box that shows it while it is typed.
show-password = Show password
# The same, under several.
show-passwords = Show passwords

# The link under the login form, and the title of the page it leads to.
forgotten-title = Forgot your username or password?
# What to do about a forgotten username or password.
forgotten-text = Please call { $practice } at { $phone }, or ask at the desk. When they know it is you, they give you a new sheet. With it you choose a new username and a new password.

# Above User Confirmation.
confirmation-intro = Please tell us who you are. You find your { -portal-id } on the sheet you got from us.
# Under the Portal ID.
portal-id-hint = 6 digits, such as 123 456
# Under the initials.
initial-hint = One letter. If you have only one name, leave the missing one empty.
# Under the date of birth.
birth-date-hint = { -date-form }. You may leave out the slashes.
# After anything wrong with the details, whatever it was.
confirmation-refused = We could not confirm you with these details. Check the ID on your sheet, your initials and your date of birth. If you set up your login before, log in instead. For your safety the ID stops working after a few wrong tries. Need help? Call { $practice } at { $phone }.
# While typing a Portal ID is paused, above User Confirmation.
confirmation-paused = For everyone's safety, typing a Portal ID is paused right now. You can still get in: scan the square code on your sheet with your phone's camera. Or call { $practice } at { $phone }.
# Under User Confirmation, in place of the Portal ID that the QR code brought along.
read-from-sheet = We read your { -portal-id } from the square code on your sheet.
# Under User Confirmation, the way to the main login page.
has-login = Already have a login? Log in here
# To type the Portal ID after all.
type-instead = Type the ID instead

# The title of the page for new credentials.
credentials-title = Create your login
# Above the new credentials.
credentials-intro = Thank you, you are confirmed. Now choose a username and a password. Please finish within 10 minutes.
# Under the new username.
username-hint = { $shortest } to { $longest } characters, without spaces. Your e-mail address is fine.
# Under the new password.
password-hint = At least { $shortest } characters. A few words in a row are easy to remember and hard to guess.

# The title after activation.
activated-title = Your account is ready
# After activation.
activated-text = Your username and password were saved. You can log in with them right away.
# After activation.
to-log-in = { -to-log-in }

# The title of the home page.
home-title = Home
# On the home page.
greeting = Hello, { $name }
# On the home page.
home-text = You are logged in.

# The title of the time-out warning.
stay-title = Are you still there?
# The button of the time-out warning.
stay = Stay logged in
# In the time-out warning, while this much time is left; $wait is one of the wait messages below.
stay-text = To keep your information safe, we log you out in { $wait }.

# The title after logging out.
logged-out-title = You are logged out
# After logging out.
logged-out-text = On a shared computer, close the browser as well.
# After logging out.
log-in-again = Log in again

# The title after the minutes for new credentials are over.
time-is-up-title = Your time is up
# After the minutes for new credentials are over.
time-is-up-text = For your safety you have 10 minutes. Nothing was saved. Please confirm again who you are.

# The title after a session ended by itself.
session-ended-title = You were logged out
# After a session ended by itself.
session-ended-text = You were logged out because you did nothing here for a while, because your login was changed, or because you ended this session from another browser. This keeps your information safe.

# On an error page, the way back.
to-start = Go to the start page

# The title where the request could not be read.
bad-request-title = We could not read that
# Where the request could not be read.
bad-request-text = Your browser sent something we could not read. Nothing was changed. Please go back and try again.
# The title where the form came from another website.
forbidden-title = We could not accept that
# Where the form came from another website.
forbidden-text = This form did not come from our own pages, so we did not accept it. Nothing was changed. Please open our start page and try again.
# The title where the form was drawn for a session that is over, or the browser keeps no cookies.
stale-form-title = Please start again
# Where the form was drawn for a session that is over, or the browser keeps no cookies.
stale-form-text = This page had been open for too long. Nothing was changed. Please go to the start page and try again.
# On a form that was drawn for a visit that is over, or in a browser that keeps no cookies.
form-too-old = This page was open for too long, or your browser does not keep cookies. Please try again.
# The title where there is no such page.
not-found-title = Page not found
# Where there is no such page.
not-found-text = There is no page at this address. Check it against your sheet, or go to the start page.
# The title where the page is there, but not for this method.
method-not-allowed-title = That does not work here
# Where the page is there, but not for this method.
method-not-allowed-text = This page cannot be used in this way. Please go to the start page.
# The title where the form is not a web form.
unsupported-form-title = We could not read that form
# Where the form is not a web form.
unsupported-form-text = Your browser sent the form in a way we do not understand. Nothing was changed. Please go to the start page and try again.
# The title after too many wrong passwords or codes in a row: only the practice can help.
disabled-title = Please call us
# After too many wrong passwords or codes in a row: only the practice can help.
disabled-text = There were too many wrong tries, so we stopped taking more. Please call { $practice } at { $phone }. They can let you in again.
# The title after too many passwords or codes were tried.
too-many-title = Please wait a little
# After too many passwords or codes were tried; $wait is one of the wait messages below.
too-many-text = There were too many wrong tries. Please wait { $wait } and try again, or call { $practice } at { $phone }.
# The title where the host cannot answer now.
unavailable-title = Please try again in a moment
# Where the host cannot answer now; $wait is one of the wait messages below.
unavailable-text = We cannot do this right now. Nothing of yours is lost. Please wait { $wait } and try again.
# The title where something of ours is broken.
broken-title = Sorry, that did not work
# Where something of ours is broken.
broken-text = Something went wrong on our side. Nothing was changed. Please try again later.

# How long to wait, within a sentence.
wait-a-second = a second
# How long to wait, within a sentence.
wait-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
# How long to wait, within a sentence.
wait-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
# How long to wait, within a sentence.
wait-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
