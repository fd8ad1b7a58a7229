// Spanish: without a connection.

import type { offline as english } from "../en/offline";
import type { Translation } from "../table";

export const offline: Translation<typeof english> = {
  "offline.title": "Está sin conexión.",
  "offline.text": "Ve lo último que se cargó; las reglas se pueden editar, comprobar y previsualizar.",
  "offline.waiting": {
    one: "Un cambio se enviará cuando vuelva la conexión.",
    other: "{n} cambios se enviarán cuando vuelva la conexión.",
  },
  "offline.newVersion": "Hay una nueva versión de esta página.",
  "offline.reload": "Recargar",
  "offline.conflict": "Otra persona cambió «{name}» mientras usted estaba sin conexión.",
  "offline.refused": "No se aceptó su cambio de «{name}»: {message}",
  "offline.compare": "Comparar las versiones",
  "offline.open": "Abrir la regla",
  "offline.signOutAnyway": {
    one: "Un cambio aún no se ha enviado y se perdería. ¿Cerrar la sesión de todos modos?",
    other: "{n} cambios aún no se han enviado y se perderían. ¿Cerrar la sesión de todos modos?",
  },
};
