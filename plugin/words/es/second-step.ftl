### What patients read about the second step of a log in, in Spanish: when it is asked for, and when it is set up.

title = Un paso más
code = Código de su aplicación
code-hint = Abra la aplicación en su teléfono. Escriba los 6 números que muestra para nosotros.
code-missing = Escriba los 6 números de su aplicación, por favor.
code-wrong = Este código no es correcto. Cada código sirve una sola vez y por medio minuto. Escriba el que su aplicación muestra ahora.
go-on = Continuar
use-passkey = Usar su llave de acceso
passkey-text = Su teléfono, su computadora o su llave de seguridad le pide confirmar que es usted.
passkey-wrong = Eso no funcionó. Intente de nuevo con su llave de acceso, o use otra manera, por favor.
passkey-needs-script = Una llave de acceso necesita JavaScript, que está desactivado en este navegador. Actívelo, o use un código de recuperación.
passkey-failed = Esto no funcionó en su navegador. Intente de nuevo, o use otra manera, por favor.
lost = ¿No tiene a la mano su teléfono o su llave? Use un código de recuperación
lost-all = ¿No tiene a la mano su teléfono o su llave? Llame a { $practice } al { $phone }.

recovery-title = Use un código de recuperación
recovery-intro = Usted recibió códigos de recuperación cuando agregó el segundo paso. Cada uno sirve una sola vez. Táchelo cuando lo haya usado.
recovery = Código de recuperación
recovery-hint = 24 letras y números. No importan las mayúsculas, las minúsculas ni los guiones.
recovery-missing = Escriba uno de sus códigos de recuperación, por favor.
recovery-wrong = Este código no es correcto. Revise cada letra, o use uno que todavía no haya usado.

settings = Segundo paso al iniciar sesión
settings-off = Con un segundo paso, la contraseña sola no basta para entrar. También hace falta una aplicación en su teléfono.
settings-off-with-passkeys = Con un segundo paso, la contraseña sola no basta para entrar. También hace falta su teléfono, su computadora o una llave de seguridad.
settings-on = Después de su contraseña, le pedimos una de estas cosas:
settings-required = Su consultorio les pide a todos que agreguen un segundo paso. Agregue uno para continuar, por favor.
nothing-to-add = ¿No tiene un teléfono inteligente para esto? Llame a { $practice } al { $phone }.
nothing-to-add-with-passkeys = ¿No tiene un teléfono, una computadora o una llave de seguridad para esto? Llame a { $practice } al { $phone }.
back = Volver al segundo paso
as-it-stands-off = Esto ya se había hecho, o la página estuvo abierta demasiado tiempo. Ahora no tiene ningún segundo paso.
as-it-stands-on = Esto ya se había hecho, o la página estuvo abierta demasiado tiempo. Esto es lo que tiene ahora. Si no guardó sus códigos de recuperación, pida unos nuevos.
offer = Haga su cuenta más segura: agregue un segundo paso
offer-at-activation = Después de iniciar sesión, también puede agregar un segundo paso, como un código en su teléfono.
offer-at-activation-required = Después de iniciar sesión, le pediremos que agregue un segundo paso, como un código en su teléfono.

add-app = Agregar una aplicación que muestra códigos
app = Aplicación en su teléfono
add-app-intro = Necesita una aplicación de autenticación en su teléfono. Muchas son gratis. En la aplicación, agregue una cuenta y escanee este código. Luego escriba los 6 números que muestra.
app-qr = Código QR para su aplicación
open-app = Abrir su aplicación en este teléfono
app-secret = ¿No puede escanearlo? Escriba esto en la aplicación:

add-passkey = Agregar una llave de acceso
add-passkey-intro = Una llave de acceso se guarda en su teléfono, su computadora o una llave de seguridad. Se usa con el dedo, la cara o un PIN. Póngale un nombre, para reconocerla después.
passkey-name = Nombre de la llave de acceso
passkey-name-hint = Por ejemplo: mi teléfono
passkey-name-missing = Póngale un nombre, por favor. Por ejemplo: mi teléfono.
passkey-name-too-long = Use un nombre más corto, de { $longest } letras como máximo, por favor.
too-many-passkeys = Tiene { $most } llaves de acceso. Quite una antes de agregar otra.

log-in-first = Primero inicie sesión de nuevo, por favor
log-in-first-text = Usted inició sesión hace un rato. Para cambiar su segundo paso, cierre la sesión e iníciela de nuevo con él. Así nadie puede cambiarlo solo por encontrar su navegador abierto.
log-out-first = { -log-out }

password = Su contraseña
password-hint = Para estar seguros de que es usted.

remove = Quitar uno
remove-intro = Elija cuál quiere quitar. Si no queda ninguno, bastará su contraseña para entrar, y sus códigos de recuperación tampoco servirán.
remove-intro-required = Elija cuál quiere quitar. Su consultorio pide un segundo paso, así que debe quedar al menos uno.
which = ¿Cuál?
which-missing = Elija uno, por favor.
remove-now = Quitar
password-too-short-alone = Su contraseña es muy corta para usarla sola. Primero elija una más larga y luego quite el segundo paso.
last-is-required = Su consultorio pide un segundo paso. Agregue otro antes de quitar este.

new-codes = Pedir códigos de recuperación nuevos
new-codes-intro = Los códigos nuevos reemplazan a los que tiene. Los anteriores dejan de funcionar.
make-codes = Crear códigos nuevos
codes-title = Sus códigos de recuperación
codes-text = Para imprimir esta página, elija Imprimir en el menú de su navegador. O escriba los códigos en un papel. Guárdelos donde guarda sus papeles importantes. Si pierde su teléfono o su llave, cada código le permite entrar una vez. No podremos mostrarlos otra vez.
added = Se agregó el segundo paso. Su sesión se cerró en todos los demás lugares.
codes-left = { $count ->
    [one] Le queda { $count } código de recuperación. Pida unos nuevos pronto.
   *[other] Le quedan { $count } códigos de recuperación.
}
codes-left-none = No le queda ningún código de recuperación. Pida unos nuevos.
since = se agregó el { $day }
