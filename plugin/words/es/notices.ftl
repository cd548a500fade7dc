### What the few pages say that the host writes itself, in Spanish.

no-such-website-title = En esta dirección no hay ningún portal del paciente
no-such-website-text = Revise la dirección en su hoja, o llame a su consultorio.
not-available-here-title = El portal del paciente no está disponible aquí
not-available-here-text = Por ahora, su consultorio no ofrece el portal del paciente. Llame a su consultorio, por favor.
address-too-long-title = Esa dirección es demasiado larga
address-too-long-text = Vuelva atrás y abra el enlace de nuevo.
too-much-sent-title = Eso es más de lo que esta página puede recibir
too-much-sent-text = No se guardó nada. Vuelva atrás y escriba menos en cada casilla.
sent-too-slowly-title = Lo que envió tardó demasiado en llegar
sent-too-slowly-text = No se guardó nada. Revise su conexión, vuelva atrás e intente de nuevo.
broke-off-title = Solo llegó una parte de lo que envió
broke-off-text = No se guardó nada. Revise su conexión, vuelva atrás e intente de nuevo.
try-again-title = Intente de nuevo en un momento, por favor
try-again-text = El portal del paciente está muy ocupado o en pausa. No se perdió nada. Espere unos segundos e intente de nuevo.
broken-title = Algo falló de nuestro lado
broken-text = Usted no hizo nada mal. Vuelva atrás e intente de nuevo. Si pasa otra vez, llame a su consultorio y dígales esta referencia: { $reference }
