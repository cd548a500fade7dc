### What staff read of a list of patients who are invited in one go.

# The name of a list is none.
bad-name = The list needs a short name in plain letters.
# More than the contract takes.
too-many = These are too many patients for one step.

# What goes on record with each invitation, and by which older ones are known again: never change it.
on-record = many at once, { $list }

# Why a patient was left out, for one and for many.
has-access = Has access already
# Why a patient was left out, for one and for many.
invited-before = Has a Portal ID already that still works
# Why a patient was left out, for one and for many.
access-off = Access is turned off
# Why a patient was left out, for one and for many.
no-birth-date = No date of birth on file
# Why a patient was left out, for one and for many.
no-initials = No letters in the name on file
# Why a patient was left out, for one and for many.
no-such-patient = Not among the patients any more
# Why a patient was left out, for one and for many.
changed-meanwhile = Changed by someone else at the same moment
