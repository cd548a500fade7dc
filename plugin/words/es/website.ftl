### What patients read on the website, besides labels and mistakes, in Spanish.

other-languages = Idioma

patient-portal = Portal del Paciente
skip = Ir al contenido principal
mistakes-title = Hay un problema
error-prefix = Error:{ " " }
need-help = ¿Necesita ayuda? Llámenos al

log-in-title = { -log-in }
first-time-title = ¿Es su primera vez aquí?
first-time-text = ¿Tiene una hoja con un { -portal-id }? Primero cree su nombre de usuario y su contraseña.
log-in-refused = El nombre de usuario y la contraseña no coinciden. Revise los dos e intente de nuevo. En la contraseña, las mayúsculas y las minúsculas cuentan.

show-password = Mostrar la contraseña
show-passwords = Mostrar las contraseñas

forgotten-title = ¿Olvidó su nombre de usuario o su contraseña?
forgotten-text = Llame a { $practice } al { $phone }, o pregunte en la recepción. Cuando confirmen que es usted, le darán una hoja nueva. Con ella podrá elegir un nombre de usuario nuevo y una contraseña nueva.

confirmation-intro = Díganos quién es usted. Su { -portal-id } está en la hoja que le dimos.
portal-id-hint = 6 números, por ejemplo: 123 456
initial-hint = Una sola letra. Si usted tiene solo un nombre o solo un apellido, deje vacía la casilla del que le falta.
birth-date-hint = { -date-form }. No hace falta escribir las barras.
confirmation-refused = No pudimos confirmar quién es usted con estos datos. Revise el ID de su hoja, sus iniciales y su fecha de nacimiento. Si ya creó su nombre de usuario y su contraseña, inicie sesión con ellos. Por su seguridad, el ID deja de funcionar después de unos pocos intentos fallidos. ¿Necesita ayuda? Llame a { $practice } al { $phone }.
confirmation-paused = Por la seguridad de todos, en este momento no se puede escribir el ID. Usted todavía puede entrar: apunte la cámara de su teléfono al código cuadrado de su hoja. O llame a { $practice } al { $phone }.
read-from-sheet = Leímos su { -portal-id } en el código cuadrado de su hoja.
has-login = ¿Ya tiene su nombre de usuario y su contraseña? Inicie sesión aquí
type-instead = Prefiero escribir el ID

credentials-title = Cree su nombre de usuario y su contraseña
credentials-intro = Gracias, ya confirmamos quién es usted. Ahora elija un nombre de usuario y una contraseña. Termine en menos de 10 minutos, por favor.
username-hint = De { $shortest } a { $longest } caracteres, sin espacios. Puede usar su correo electrónico.
password-hint = Al menos { $shortest } caracteres. Varias palabras seguidas son fáciles de recordar y difíciles de adivinar.

activated-title = Su cuenta está lista
activated-text = Guardamos su nombre de usuario y su contraseña. Ya puede iniciar sesión con ellos.
to-log-in = { -to-log-in }

home-title = Inicio
greeting = Hola, { $name }
home-text = Su sesión está abierta.

stay-title = ¿Sigue ahí?
stay = Seguir con la sesión abierta
stay-text = Para proteger su información, cerraremos su sesión en { $wait }.

logged-out-title = Usted cerró su sesión
logged-out-text = Si la computadora es compartida, cierre también el navegador.
log-in-again = Iniciar sesión de nuevo

time-is-up-title = Se acabó el tiempo
time-is-up-text = Por su seguridad, tiene 10 minutos. No se guardó nada. Confirme otra vez quién es usted, por favor.

session-ended-title = Su sesión se cerró
session-ended-text = Su sesión se cerró porque no hizo nada aquí por un rato, porque se cambiaron sus datos para entrar, o porque usted la cerró desde otro navegador. Así protegemos su información.

to-start = Ir a la página de inicio

bad-request-title = No pudimos leer eso
bad-request-text = Su navegador envió algo que no pudimos leer. No se cambió nada. Vuelva atrás e intente de nuevo, por favor.
forbidden-title = No pudimos aceptar eso
forbidden-text = Este formulario no vino de nuestras páginas, así que no lo aceptamos. No se cambió nada. Abra nuestra página de inicio e intente de nuevo, por favor.
stale-form-title = Empiece de nuevo, por favor
stale-form-text = Esta página estuvo abierta demasiado tiempo. No se cambió nada. Vaya a la página de inicio e intente de nuevo, por favor.
form-too-old = Esta página estuvo abierta demasiado tiempo, o su navegador no guarda cookies. Intente de nuevo, por favor.
not-found-title = No encontramos la página
not-found-text = No hay ninguna página en esta dirección. Compárela con la de su hoja, o vaya a la página de inicio.
method-not-allowed-title = Eso no funciona aquí
method-not-allowed-text = Esta página no se puede usar de esta manera. Vaya a la página de inicio, por favor.
unsupported-form-title = No pudimos leer ese formulario
unsupported-form-text = Su navegador envió el formulario de una manera que no entendemos. No se cambió nada. Vaya a la página de inicio e intente de nuevo, por favor.
disabled-title = Llámenos, por favor
disabled-text = Hubo demasiados intentos fallidos, así que dejamos de aceptar más. Llame a { $practice } al { $phone }. Ahí pueden permitirle entrar de nuevo.
too-many-title = Espere un poco, por favor
too-many-text = Hubo demasiados intentos fallidos. Espere { $wait } e intente de nuevo, o llame a { $practice } al { $phone }.
unavailable-title = Intente de nuevo en un momento, por favor
unavailable-text = No podemos hacer esto ahora. No se perdió nada suyo. Espere { $wait } e intente de nuevo, por favor.
broken-title = Lo sentimos, eso no funcionó
broken-text = Algo falló de nuestro lado. No se cambió nada. Intente de nuevo más tarde, por favor.

wait-a-second = un segundo
wait-seconds = { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}
wait-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
wait-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
