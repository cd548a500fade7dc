### What the few pages say that the host writes itself, when the portal is not asked or did not answer. Each of them says it in every
### language at once: which one a visitor reads is for the portal to know.

# Nobody's website has this address.
no-such-website-title = There is no patient portal at this address
# Nobody's website has this address.
no-such-website-text = Check the address on your sheet, or call your practice.
# The practice does not have the portal.
not-available-here-title = The patient portal is not available here
# The practice does not have the portal.
not-available-here-text = Your practice does not offer the patient portal at this time. Please call your practice.
# The address that was asked for is too long.
address-too-long-title = That address is too long
# The address that was asked for is too long.
address-too-long-text = Go back and follow the link again.
# More was sent than any form has.
too-much-sent-title = That was more than this page can take
# More was sent than any form has.
too-much-sent-text = Nothing was saved. Go back and type less in each box.
# What was sent did not come in time.
sent-too-slowly-title = What you sent took too long to reach us
# What was sent did not come in time.
sent-too-slowly-text = Nothing was saved. Check your connection, go back and try again.
# What was sent broke off.
broke-off-title = Only a part of what you sent reached us
# What was sent broke off.
broke-off-text = Nothing was saved. Check your connection, go back and try again.
# The host or the EHR has too much to do, or rests.
try-again-title = Please try again in a moment
# The host or the EHR has too much to do, or rests.
try-again-text = The patient portal is very busy or resting. Nothing was lost. Wait a few seconds, then try again.
# The portal failed; the operator finds the cause by the reference.
broken-title = Something went wrong on our side
# The portal failed; the operator finds the cause by the reference.
broken-text = Nothing you did caused this. Go back and try again. If it happens again, call your practice and tell them this reference: { $reference }
