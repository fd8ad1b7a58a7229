// English: where records come from: the CRM and files.

import type { Messages } from "../table";

export const crm = {
  "file.choose": "Choose a file",
  "file.line": "Line {n}",
  "file.report": "Download the report of bad rows",
  "source.builtIn":
    "Records come from Recado’s own directory: import a file, send them through the API, or connect your CRM.",
  "source.connectedTo": "Records come from Bitrix24.",
  "source.connect": "Connect Bitrix24",
  "source.change": "Change the connection",
  "source.working": "Working",
  "source.broken": "Not working",
  "source.base_url": "Address of your Bitrix24",
  "source.webhook": "Inbound webhook (user/code)",
  "source.webhookHint":
    "The last two parts of the webhook’s address: 1/abc123. It is kept encrypted and never shown again.",
  "source.application_token": "Application token of the outbound webhook",
  "source.timeline": "Write into the CRM’s timeline what became of messages",
  "source.hook": "Tell Bitrix24 to call this address (outbound webhook):",
  "source.test": "Test the connection",
  "source.ok": "Bitrix24 answers.",
  "source.schema": "Take over its pipelines and fields",
  "source.schemaText":
    "The stages and fields of the CRM take the place of those here. Rules of stages that are not in the CRM send nothing.",
  "source.schemaDone": "Taken over: {n} kinds of items.",
  "source.disconnect": "Disconnect",
  "source.disconnectTitle": "Disconnect Bitrix24?",
  "source.disconnectText": "Nothing that happens there reaches Recado any more. Records that are here stay.",
  "import.intro":
    "Bring deals and their customers in from a table (CSV) or a file of records (NDJSON). First you see what would be read; nothing is written until you say so.",
  "import.entity": "The rows are",
  "import.locale": "Numbers and dates are written as in",
  "import.events": "Let rules run for new items and moves",
  "import.eventsHint": "Customers get messages. Leave it off when you bring in what happened long ago.",
  "import.look": "Look at the file first",
  "import.trial": { one: "{n} row was looked at.", other: "{n} rows were looked at." },
  "import.columns": "What each column becomes",
  "import.leaveOut": "leave out",
  "import.key": "its own id (needed)",
  "import.faults": "What cannot be read",
  "import.fine": "Nothing is wrong with these rows.",
  "import.start": "Import the file",
  "import.again": "Import it again",
  "import.known":
    "This very file was imported before. Importing it again changes only what is different now.",
  "import.progress": "{percent} % read",
  "import.running": "Importing",
  "import.done": "Imported",
  "import.stopped": "Stopped",
  "import.sums": "{created} new, {changed} changed, {unchanged} as before, {bad} left out",
  "import.earlier": "Imports until now",
  "import.none": "Nothing was imported yet.",
} as const satisfies Messages;
