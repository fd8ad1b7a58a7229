// Spanish: first steps, from a stage to a message in the sandbox.

import type { guide as english } from "../en/guide";
import type { Translation } from "../table";

export const guide: Translation<typeof english> = {
  "guide.title": "Primeros pasos",
  "guide.offer":
    "¿Es nuevo aquí? Envíe su primer mensaje en cinco minutos. Va al sandbox: nadie de fuera lo recibe.",
  "guide.start": "Muéstreme",
  "guide.skip": "Ahora no",
  "guide.end": "Salir de la guía",
  "guide.next": "Siguiente",
  "guide.step": "Paso {n} de {total}",
  "guide.stage": "Elija una etapa. Los clientes cuyo negocio entre en ella recibirán su mensaje.",
  "guide.stageLabel": "Etapa",
  "guide.write": "Escriba en Texto lo que leerá el cliente. «Insertar valor» pone un nombre o un número.",
  "guide.preview": "Mire la vista previa: es exactamente lo que recibe cada cliente. Pase por varios.",
  "guide.publish": "Pulse «Revisar y publicar» y luego «Publicar». Solo entonces la regla está activa.",
  "guide.move": "Ahora hágalo suceder: mueva un negocio a {stage}. Verá qué se enviará antes de enviarlo.",
  "guide.toRecords": "Abrir los registros",
  "guide.notSent": "Ese cliente no recibe mensaje: {reason} Mueva otro negocio.",
  "guide.see": "Se envió. Véalo como lo vería el cliente.",
  "guide.toSandbox": "Abrir la bandeja del sandbox",
  "guide.done":
    "Eso es todo. Conecte un proveedor real en los ajustes cuando quiera que los mensajes salgan.",
  "guide.toProviders": "Abrir los proveedores",
  "guide.noStages": "Aún no hay etapas. Conecte antes su CRM o importe un archivo.",
  "guide.toCrm": "Conectar el CRM",
};
