### Moments in words, as practices in the United States write them.

# For a screen: 11/29/2026 3:05 PM. $month2 and $day2 have two digits; $time is time-am or time-pm.
short = { $month2 }/{ $day2 }/{ $year } { $time }
# For paper: November 29, 2026, 3:05 PM. $month is the number of the month; $time is time-am or time-pm.
long = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $day }, { $year }, { $time }
# The time of day before noon, within both; $minute has two digits.
time-am = { $hour }:{ $minute } AM
# The time of day from noon on, within both; $minute has two digits.
time-pm = { $hour }:{ $minute } PM
