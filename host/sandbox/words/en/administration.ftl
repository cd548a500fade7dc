### What the pages of Administration say of what was entered and done.

# An access level was made.
level-created = The access level is created. Tick what its users may do, then save.
# An access level was saved.
level-saved = The access level is saved.
# The tab Menu Access was saved.
menus-saved = Menu Access is saved.
# The tab User Access was saved.
rights-saved = User Access is saved.
# About the name of an access level.
name-missing = Give the access level a name.
# About the name of an access level.
name-taken = Another access level has this name. Choose a different one.
# About the name of an access level.
name-too-long = Use at most { $most } characters, in one line.
# About the description of an access level.
description-too-long = Use at most { $most } characters for the description.
# Above an access level that nobody can change.
built-in = This access level is part of the EHR. It grants everything and cannot be changed.
# Above an access level, for those who may only look.
only-to-look = Your access level lets you see this, but not change it.
# A user was given another access level.
assigned = The access level of { $user } is saved.
# A user was not given another access level.
last-administrator = { $user } is the last administrator and must stay one, or nobody could manage access levels. Make someone else an administrator first.
# An add-on of the practice was switched.
switched-on = { $module } is switched on.
# An add-on of the practice was switched.
switched-off = { $module } is switched off.
