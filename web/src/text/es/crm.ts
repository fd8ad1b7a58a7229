// Spanish: where records come from: the CRM and files.

import type { crm as english } from "../en/crm";
import type { Translation } from "../table";

export const crm: Translation<typeof english> = {
  "file.choose": "Elegir un archivo",
  "file.line": "Línea {n}",
  "file.report": "Descargar el informe de filas malas",
  "source.builtIn":
    "Los registros vienen del directorio propio de Recado: importe un archivo, envíelos por la API o conecte su CRM.",
  "source.connectedTo": "Los registros vienen de Bitrix24.",
  "source.connect": "Conectar Bitrix24",
  "source.change": "Cambiar la conexión",
  "source.working": "Funciona",
  "source.broken": "No funciona",
  "source.base_url": "Dirección de su Bitrix24",
  "source.webhook": "Webhook entrante (usuario/código)",
  "source.webhookHint":
    "Las dos últimas partes de la dirección del webhook: 1/abc123. Se guarda cifrado y no se vuelve a mostrar.",
  "source.application_token": "Token de aplicación del webhook saliente",
  "source.timeline": "Anotar en la cronología del CRM qué pasó con los mensajes",
  "source.hook": "Indique a Bitrix24 que llame a esta dirección (webhook saliente):",
  "source.test": "Probar la conexión",
  "source.ok": "Bitrix24 responde.",
  "source.schema": "Tomar sus embudos y campos",
  "source.schemaText":
    "Las etapas y campos del CRM sustituyen a los de aquí. Las reglas de etapas que no estén en el CRM no envían nada.",
  "source.schemaDone": "Tomado: {n} tipos de elementos.",
  "source.disconnect": "Desconectar",
  "source.disconnectTitle": "¿Desconectar Bitrix24?",
  "source.disconnectText":
    "Nada de lo que ocurra allí llegará a Recado. Los registros que ya están se quedan.",
  "import.intro":
    "Traiga negocios y sus clientes desde una tabla (CSV) o un archivo de registros (NDJSON). Primero ve qué se leería; nada se escribe hasta que usted lo diga.",
  "import.entity": "Las filas son",
  "import.locale": "Números y fechas escritos como en",
  "import.events": "Ejecutar reglas para elementos nuevos y movidos",
  "import.eventsHint": "Los clientes recibirán mensajes. Déjelo apagado si trae datos antiguos.",
  "import.look": "Mirar primero el archivo",
  "import.trial": { one: "Se miró {n} fila.", other: "Se miraron {n} filas." },
  "import.columns": "En qué se convierte cada columna",
  "import.leaveOut": "dejar fuera",
  "import.key": "su identificador (necesario)",
  "import.faults": "Lo que no se puede leer",
  "import.fine": "Estas filas están bien.",
  "import.start": "Importar el archivo",
  "import.again": "Importarlo de nuevo",
  "import.known":
    "Este mismo archivo ya se importó. Importarlo de nuevo solo cambia lo que ahora es distinto.",
  "import.progress": "{percent} % leído",
  "import.running": "Importando",
  "import.done": "Importado",
  "import.stopped": "Detenido",
  "import.sums": "{created} nuevos, {changed} cambiados, {unchanged} como antes, {bad} omitidos",
  "import.earlier": "Importaciones anteriores",
  "import.none": "Aún no se ha importado nada.",
};
