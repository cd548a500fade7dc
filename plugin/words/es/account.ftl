### What patients read about their own account, in Spanish. A moment ends with the period of “p. m.”, so none follows it.

title = Su cuenta
your-username = { -username }
change-password = Cambiar su contraseña
change-password-intro = Al guardar, su sesión sigue abierta aquí y se cierra en todos los demás lugares.
current-password = Su contraseña actual
new-password = Contraseña nueva
new-password-again = Contraseña nueva otra vez
current-wrong = Esta no es su contraseña. Revísela e intente de nuevo.
password-changed = Se cambió su contraseña
password-changed-text = Desde ahora, use la nueva. Su sesión se cerró en todos los demás lugares.
to-account = Ir a su cuenta
back = Volver a su cuenta
to-home = Volver a la página de inicio

sessions-title = Dónde tiene la sesión abierta
this-browser = Este navegador
other-browser = Otro navegador
end-session = Cerrar sesión ahí
used = desde el { $opened }; último uso: { $seen }
more-sessions = { $more ->
    [one] Hay { $more } más. “{ -end-all }” también la cierra.
   *[other] Hay { $more } más. “{ -end-all }” las cierra todas.
}

acts-title = Lo que pasó últimamente
local-times = Todas las horas están en la hora local de { $practice }.
not-you = ¿Algo de esto no lo hizo usted? Llame a { $practice } al { $phone } de inmediato. Podemos bloquear el acceso enseguida y darle una hoja nueva.
other-login = Último inicio de sesión, aparte de este: { $moment }
last-change = Último cambio en su acceso: { $moment } { $what }.
last-change-by-you = Último cambio en su acceso: { $moment } { $what } (lo hizo usted).
by-staff = { $what } (lo hizo { $who }, del consultorio)

act-invitation-issued = Se creó su cuenta del portal
act-invitation-reissued = Se le dio un nuevo ID del portal
act-instructions-printed = Se imprimió su hoja
act-invitation-expired = Un ID del portal no se usó a tiempo
act-invitation-burnt = Un ID del portal dejó de funcionar después de respuestas equivocadas
act-activation-confirmed = Se usó su ID del portal con sus iniciales y su fecha de nacimiento
act-activation-refused = Se probó su ID del portal, sin éxito
act-credentials-set = Se eligieron un nombre de usuario y una contraseña
act-sign-in-with-recovery-code = Se inició sesión con un código de recuperación
act-sign-in-succeeded = Se inició sesión
act-sign-in-refused = Falló un intento de iniciar sesión
act-sign-in-blocked = No se aceptó un intento de iniciar sesión, después de demasiadas contraseñas equivocadas
act-sign-in-disabled = Se dejó de permitir iniciar sesión, después de demasiadas contraseñas equivocadas
act-sign-in-unlocked = Se permitió de nuevo iniciar sesión
act-password-changed = Se cambió la contraseña
act-password-change-refused = Falló un cambio de la contraseña
act-sessions-ended = Se cerró la sesión en todas partes
act-second-step-asked = Se escribió la contraseña correcta y se pidió el segundo paso
act-second-step-refused = Falló el segundo paso
act-second-step-blocked = El segundo paso se intentó demasiadas veces
act-factor-added = Se agregó un segundo paso
act-factor-removed = Se quitó un segundo paso
act-factor-change-refused = Falló un cambio del segundo paso
act-recovery-codes-drawn = Se crearon códigos de recuperación nuevos
act-login-reset = Se restablecieron sus datos para entrar
act-access-turned-off = Se desactivó el acceso
act-access-turned-on = Se activó el acceso
act-session-closed-elsewhere = Se cerró la sesión desde otro navegador
act-session-closed = Se cerró la sesión

times = { $count ->
    [1] { $what }
   *[other] { $what } ({ $count } veces)
}
