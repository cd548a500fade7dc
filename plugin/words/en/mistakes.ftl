### What stands next to a field that was filled in wrongly: what is wrong, and what to do.

# Neither initial was typed.
initials-missing = Type at least one initial. If you have only one name, type its first letter and leave the other box empty.
# Somebody else has this username.
username-taken = This username is taken. Choose another. Please type your password again in both boxes.
# The two passwords differ.
passwords-differ = The two passwords are not the same. Type the same password in both boxes.

# About the Portal ID: nothing was typed.
portal-id-missing = Type the { -portal-id } from your sheet.
# About the Portal ID: it is not six digits.
portal-id-not-six-digits = The { -portal-id } has exactly 6 digits. Check your sheet.

# About either initial: it is not one letter.
initial-not-one-letter = Type one letter only: the first letter of the name.

# About the date of birth: nothing was typed.
birth-date-missing = Type your date of birth.
# About the date of birth: it is not a month, a day and a year with slashes, hyphens or dots between them, nor their eight digits.
birth-date-unreadable = Type the date as month, day and year, such as 01/31/1990.
# About the date of birth: the year has two digits, which could mean two centuries.
birth-date-short-year = Type the year with 4 digits, such as 1990.
# About the date of birth: months go from 1 to 12.
birth-date-no-such-month = There is no such month. The month comes first, from 1 to 12, then the day.
# About the date of birth: the month has fewer days in that year, or the day is zero.
birth-date-no-such-day = There is no such day. That month has { $days } days. Check the day and the month.
# About the date of birth: it is later than today at the practice.
birth-date-in-the-future = This date is in the future. Check the year.
# About the date of birth: it is before the earliest year.
birth-date-too-long-ago = This date is before { $year }. Check the year.

# About a new username: nothing was typed.
username-missing = Choose a username.
# About a username: it has too few characters.
username-too-short = This username is too short. Use at least { $shortest } characters.
# About a username: it has too many characters.
username-too-long = This username is too long. Use at most { $longest } characters.
# About a username: it has a space or another character that cannot be in it.
username-forbidden-character = Use letters, digits and signs such as . - _ @ in your username, without spaces.
# About the username someone logs in with: nothing was typed.
log-in-username-missing = Type your username.

# About a new password: nothing was typed.
password-missing = Choose a password.
# About a new password: fewer characters than the practice asks for.
password-too-short = This password is too short. Use at least { $shortest } characters. A few words in a row work well.
# About a password: more characters than any may have.
password-too-long = This password is too long. Use at most { $longest } characters.
# About a password: it has a tab in it, which only pasting puts there and nobody can type again.
password-has-tab = There is a tab in this password. It may have come along when you pasted it. Type the password without it.
# About a new password that would be guessed soon: most of it is the username.
password-guessable-username = This password would be guessed soon: most of it is your username. Try four or more words that have nothing to do with you.
# About a new password that would be guessed soon: most of it is the patient's own name.
password-guessable-own-name = This password would be guessed soon: most of it is your own name. Try four or more words that have nothing to do with you.
# About a new password that would be guessed soon: most of it is the date of birth.
password-guessable-birth-date = This password would be guessed soon: most of it is your date of birth. Try four or more words that have nothing to do with you.
# About a new password that would be guessed soon: most of it is the name of the practice.
password-guessable-practice-name = This password would be guessed soon: most of it is the name of the practice. Try four or more words that only you would put together.
# About a new password that would be guessed soon: it is made of common words or years.
password-guessable-common-word = This password would be guessed soon: it is made of words or years that very many people use. Try four or more words that only you would put together.
# About a new password that would be guessed soon: most of it is a row of keys, letters or digits.
password-guessable-run = This password would be guessed soon: most of it is a row of keys, letters or digits. Try four or more words that only you would put together.
# About a new password that would be guessed soon: it repeats itself.
password-guessable-repeat = This password would be guessed soon: it says the same over and over. Try four or more words that only you would put together.
# About the password someone logs in with: nothing was typed.
log-in-password-missing = Type your password.
