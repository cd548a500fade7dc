### Labels that stand on the screen and on paper word for word alike, in Spanish. Terms only: the other files quote them.

-activate-account = Activar cuenta
-user-confirmation = Confirmación de usuario
-portal-id = ID del Portal del Paciente
-first-initial = Primera letra de su nombre
-last-initial = Primera letra de su apellido
-birth-date = Fecha de nacimiento
-date-form = MM/DD/AAAA
-confirm = Confirmar
-username = Nombre de usuario
-password = Contraseña
-password-again = Contraseña otra vez
-save = Guardar
-to-log-in = Ir a la página para iniciar sesión
-log-in = Iniciar sesión
-log-out = Cerrar sesión
-end-all = Cerrar sesión en todas partes
-language-name = Español
