### Why there is no page, for whoever asked for one in the EHR: a title, and what it means and what to do next.

# Nothing is there, or nothing that may be known of.
not-found-title = This page does not exist
# Nothing is there, or nothing that may be known of.
not-found = The address may be mistyped, or what was here may be gone.
# The access level does not grant it, or whoever gives it does not have it.
forbidden-title = Your access level does not allow this
# The access level does not grant it.
forbidden = If you need it for your work, ask an administrator of your practice. A change holds from your next click.
# It would give someone more than the access level of whoever gives it has.
beyond = You cannot grant more than your own access level has. Nothing was changed. Ask an administrator of your practice to do it.
# The form was sent by another website.
foreign-origin-title = That request came from another website
# The form was sent by another website.
foreign-origin = Nothing was changed. Open the EHR itself and try again from there.
# The form was drawn for another session than the browser has now.
stale-form-title = This page had been open for too long
# The form was drawn for another session than the browser has now.
stale-form = You have signed in again since it was opened. Nothing was changed. Go back, load the page anew and try again.
# The request names a host that is not this EHR's.
misdirected-title = This is not the address of the EHR
# The request names a host that is not this EHR's.
misdirected = Open the EHR at the address your practice gave you.
# Too many wrong passwords.
too-many-attempts-title = Too many tries to sign in
# Too many wrong passwords.
too-many-attempts = Wait a little, then try again. If you have forgotten your password, ask an administrator of your practice.
# The page cannot be asked for in this way.
wrong-method-title = This page cannot be used that way
# The page cannot be asked for in this way.
wrong-method = Nothing was changed. Start again from the page you came from.
# The body is longer than any form.
too-large-title = That is too much at once
# The body is longer than any form.
too-large = Nothing was changed. Shorten what you entered and try again.
# The body came too slowly, is no form, or lacks a field.
malformed-title = The form did not arrive as it should
# The body came too slowly, is no form, or lacks a field.
malformed = Nothing was changed. Go back, load the page anew and try again.
# Someone else saved first.
stale-title = Someone else saved first
# Someone else saved first.
stale = While you had the page open, someone else changed the same thing. Their change stands and nothing of it was overwritten; yours was not saved. Go back, load the page anew to see how it stands now, and make your change there.
# It may work again in a while.
unavailable-title = Not available for the moment
# It may work again in a while; something was only looked at.
unavailable-to-look = Please wait a little, then try again.
# It may work again in a while. The answer to a change can be lost after the change was made.
unavailable-to-change = Please wait a little. If you were saving something, look whether it was done before you try again.
# Something is broken.
failed-title = Something went wrong
# Something is broken.
failed = The fault is on our side and has been recorded. Go back and look whether what you wanted was done before you try again.
