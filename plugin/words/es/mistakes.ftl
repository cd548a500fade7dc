### What stands next to a field that was filled in wrongly, in Spanish: what is wrong, and what to do.

initials-missing = Escriba al menos una letra. Si usted tiene solo un nombre, escriba su primera letra y deje vacía la otra casilla.
username-taken = Este nombre de usuario ya está en uso. Elija otro. Escriba de nuevo su contraseña en las dos casillas, por favor.
passwords-differ = Las dos contraseñas no son iguales. Escriba la misma contraseña en las dos casillas.

portal-id-missing = Escriba el { -portal-id } que está en su hoja.
portal-id-not-six-digits = El { -portal-id } tiene exactamente 6 números. Revise su hoja.

initial-not-one-letter = Escriba una sola letra: la primera letra del nombre o del apellido.

birth-date-missing = Escriba su fecha de nacimiento.
birth-date-unreadable = Escriba primero el mes, luego el día y luego el año. Por ejemplo: 01/31/1990.
birth-date-short-year = Escriba el año con 4 números. Por ejemplo: 1990.
birth-date-no-such-month = Ese mes no existe. Primero va el mes, del 1 al 12, y luego el día.
birth-date-no-such-day = Ese día no existe. Ese mes tiene { $days } días. Revise el día y el mes.
birth-date-in-the-future = Esta fecha todavía no ha llegado. Revise el año.
birth-date-too-long-ago = Esta fecha es anterior a { $year }. Revise el año.

username-missing = Elija un nombre de usuario.
username-too-short = Este nombre de usuario es muy corto. Use al menos { $shortest } caracteres.
username-too-long = Este nombre de usuario es muy largo. Use como máximo { $longest } caracteres.
username-forbidden-character = Use letras, números y signos como . - _ @ en su nombre de usuario, sin espacios.
log-in-username-missing = Escriba su nombre de usuario.

password-missing = Elija una contraseña.
password-too-short = Esta contraseña es muy corta. Use al menos { $shortest } caracteres. Varias palabras seguidas funcionan bien.
password-too-long = Esta contraseña es muy larga. Use como máximo { $longest } caracteres.
password-has-tab = Esta contraseña tiene un tabulador, un espacio especial. Quizás vino con el texto que pegó. Escriba la contraseña sin él.
password-guessable-username = Esta contraseña sería fácil de adivinar: casi toda es su nombre de usuario. Pruebe con cuatro palabras o más que no tengan nada que ver con usted.
password-guessable-own-name = Esta contraseña sería fácil de adivinar: casi toda es su propio nombre. Pruebe con cuatro palabras o más que no tengan nada que ver con usted.
password-guessable-birth-date = Esta contraseña sería fácil de adivinar: casi toda es su fecha de nacimiento. Pruebe con cuatro palabras o más que no tengan nada que ver con usted.
password-guessable-practice-name = Esta contraseña sería fácil de adivinar: casi toda es el nombre del consultorio. Pruebe con cuatro palabras o más que solo usted juntaría.
password-guessable-common-word = Esta contraseña sería fácil de adivinar: está hecha de palabras o años que usa muchísima gente. Pruebe con cuatro palabras o más que solo usted juntaría.
password-guessable-run = Esta contraseña sería fácil de adivinar: casi toda es una fila de teclas, letras o números. Pruebe con cuatro palabras o más que solo usted juntaría.
password-guessable-repeat = Esta contraseña sería fácil de adivinar: repite lo mismo una y otra vez. Pruebe con cuatro palabras o más que solo usted juntaría.
log-in-password-missing = Escriba su contraseña.
