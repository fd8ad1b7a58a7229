// Spanish: the company’s own settings: templates, how long what is kept, saving.

import type { company as english } from "../en/company";
import type { Translation } from "../table";

export const company: Translation<typeof english> = {
  "settings.elsewhere": "Mientras tanto, otra persona cambió estos ajustes. No se guardó nada suyo.",
  "settings.takeTheirs": "Cargar lo que hay ahora",
  "settings.wrongFields": {
    one: "Hay un campo por corregir. Aún no se ha guardado nada.",
    other: "Hay {n} campos por corregir. Aún no se ha guardado nada.",
  },
  "templates.title": "Plantillas de WhatsApp",
  "templates.intro":
    "Plantillas que WhatsApp le ha aprobado. Las reglas las ofrecen por su nombre y la vista previa muestra su texto.",
  "templates.add": "Añadir una plantilla",
  "templates.new": "Plantilla nueva",
  "templates.remove": "Quitar {name}",
  "templates.provider": "Se envía por",
  "templates.name": "Nombre aprobado",
  "templates.language": "Idioma",
  "templates.parameters": "Cuántos valores lleva",
  "templates.text": "Texto aprobado",
  "templates.textHint":
    "Escriba {example} donde va el primer valor. Déjelo vacío si no tiene el texto a mano.",
  "templates.noProvider": "Elija por dónde se envía.",
  "templates.noName": "Escriba el nombre con el que se aprobó.",
  "templates.badLanguage": "Escriba un idioma como en o pt-BR.",
  "templates.badCount": "Escriba un número entero de 0 a 100.",
  "templates.textCount": "El texto tiene {inText} valores, pero la plantilla lleva {count}.",
  "templates.twice": "Esta plantilla ya está en la lista en el mismo idioma.",
  "retention.title": "Cuánto tiempo se guardan los mensajes",
  "retention.intro":
    "Un campo vacío significa para siempre. Los recuentos y los costes se conservan siempre.",
  "retention.content_days": "Borrar textos y direcciones tras este número de días",
  "retention.content_days.hint": "Se seguirá viendo que se envió un mensaje y cuándo.",
  "retention.deliveries_days": "Quitar los mensajes del todo tras este número de días",
  "retention.deliveries_days.hint":
    "No antes del día 30: hasta entonces debe funcionar la baja que lleva un mensaje.",
  "retention.wrong": "Escriba días enteros de 1 a 36500 o déjelo vacío.",
};
