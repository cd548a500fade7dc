### What the printed instructions say, at reading grade 6 or lower. They name every label exactly as it stands on the screen.

# The title of the document.
title = Patient Portal Instructions
# The address to go to.
website = Website
# Until when the ID works.
works-until = Use it by
# Above the square code.
scan = Have a smartphone? Point its camera at this square code. It opens the website and fills in the ID for you.
# Whose sheet it is, and what it is for.
greeting = For { $name }. This sheet helps you open your account on our patient website.

# The first step: the address.
step-website = On a phone or computer, go to { $url }
# A step, for a sheet whose language may not be the one the page opens in.
step-language = Is the page in another language? Press “{ -language-name }” at the top of the page.
# A step: the link on the main login page.
step-activate = Choose “{ -activate-account }”. A page named “{ -user-confirmation }” opens.
# A step: the Portal ID.
step-portal-id = In the box “{ -portal-id }”, type the 6 digits from this sheet.
# A step, for who has two names on file.
step-first-initial = In “{ -first-initial }”, type the first letter of your first name.
# A step, for who has two names on file.
step-last-initial = In “{ -last-initial }”, type the first letter of your last name.
# A step, for who has only one name on file.
step-only-initial = In “{ -first-initial }”, type the first letter of your name.
# A step, for who has only one name on file.
step-no-last-initial = Leave “{ -last-initial }” empty. We have only one name for you.
# A step: the date of birth.
step-birth-date = In “{ -birth-date }”, type the month, the day and the year like this: { -date-form }.
# A step: the button under User Confirmation.
step-confirm = Press “{ -confirm }”.
# A step: the new credentials.
step-credentials = Make up a username and a password. The password needs at least { $characters } characters. Type it once more under “{ -password-again }”.
# The last step, where the practice does not ask for a second step.
step-save-and-log-in = Press “{ -save }”, then “{ -to-log-in }”. Type your username and password and press “{ -log-in }”. That is all.
# The step before the last, where the practice asks everyone for a second step.
step-save-and-log-in-short = Press “{ -save }”, then “{ -to-log-in }”. Type your username and password and press “{ -log-in }”.
# The last step, where the practice asks everyone for a second step.
step-second-step = The website asks you to add a second step, such as a code on your phone. No smartphone? Call us at { $phone }.

# Why to take care of the sheet.
keep-safe = Keep this sheet safe. The ID works only once. Then you can throw it away.
# Whom to call, and that it helps when it was somebody else.
help = Need help? Or did someone else use this sheet or your account? Call { $practice } at { $phone }. We can stop it at once.
