### What the printed instructions say, in Spanish. They name every label exactly as it stands on the screen.

title = Instrucciones del Portal del Paciente
website = Sitio web
works-until = Fecha límite para usarlo
scan = ¿Tiene un teléfono inteligente? Apunte la cámara a este código cuadrado. El código abre el sitio web y escribe el ID por usted.
greeting = Para { $name }. Esta hoja le ayuda a abrir su cuenta en nuestro sitio web para pacientes.

step-website = En un teléfono o una computadora, vaya a { $url }
step-language = ¿La página está en otro idioma? Pulse “{ -language-name }” en la parte de arriba.
step-activate = Elija “{ -activate-account }”. Se abre una página que se llama “{ -user-confirmation }”.
step-portal-id = En la casilla “{ -portal-id }”, escriba los 6 números de esta hoja.
step-first-initial = En “{ -first-initial }”, escriba la primera letra de su nombre.
step-last-initial = En “{ -last-initial }”, escriba la primera letra de su apellido.
step-only-initial = En “{ -first-initial }”, escriba la primera letra de su nombre.
step-no-last-initial = Deje vacía la casilla “{ -last-initial }”. Tenemos un solo nombre para usted.
step-birth-date = En “{ -birth-date }”, escriba el mes, el día y el año, en este orden: { -date-form }.
step-confirm = Pulse “{ -confirm }”.
step-credentials = Invente un nombre de usuario y una contraseña. La contraseña debe tener al menos { $characters } caracteres. Escríbala una vez más en “{ -password-again }”.
step-save-and-log-in = Pulse “{ -save }” y luego “{ -to-log-in }”. Escriba su nombre de usuario y su contraseña y pulse “{ -log-in }”. Eso es todo.
step-save-and-log-in-short = Pulse “{ -save }” y luego “{ -to-log-in }”. Escriba su nombre de usuario y su contraseña y pulse “{ -log-in }”.
step-second-step = El sitio web le pide agregar un segundo paso, como un código en su teléfono. ¿No tiene un teléfono inteligente? Llámenos al { $phone }.

keep-safe = Guarde esta hoja en un lugar seguro. El ID funciona una sola vez. Después puede tirar la hoja.
help = ¿Necesita ayuda? ¿O alguien más usó esta hoja o su cuenta? Llame a { $practice } al { $phone }. Podemos bloquear el acceso de inmediato.
