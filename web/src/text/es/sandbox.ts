// Spanish: the inbox of what left for nobody.

import type { sandbox as english } from "../en/sandbox";
import type { Translation } from "../table";

export const sandbox: Translation<typeof english> = {
  "sandbox.title": "Buzón de pruebas",
  "sandbox.text":
    "Lo que recibió el proveedor de pruebas, como lo vería el cliente. Nada salió de esta máquina.",
  "sandbox.empty": "Aún no hay mensajes. Aparecen aquí en cuanto una regla envía uno.",
  "sandbox.list": "Mensajes, los más recientes primero",
};
