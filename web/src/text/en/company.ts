// English: the company’s own settings: templates, how long what is kept, saving.

import type { Messages } from "../table";

export const company = {
  "settings.elsewhere": "Somebody else changed these settings meanwhile. Nothing of yours was saved.",
  "settings.takeTheirs": "Load what is there now",
  "settings.wrongFields": {
    one: "One field needs a look. Nothing was saved yet.",
    other: "{n} fields need a look. Nothing was saved yet.",
  },
  "templates.title": "WhatsApp templates",
  "templates.intro":
    "Templates that WhatsApp has approved for you. Rules offer them by name, and the preview shows their text.",
  "templates.add": "Add a template",
  "templates.new": "New template",
  "templates.remove": "Remove {name}",
  "templates.provider": "Sent through",
  "templates.name": "Name, as approved",
  "templates.language": "Language",
  "templates.parameters": "How many values it takes",
  "templates.text": "Text, as approved",
  "templates.textHint":
    "Write {example} where the first value goes. Leave it empty if you don’t have the text at hand.",
  "templates.noProvider": "Choose who sends it.",
  "templates.noName": "Write the name it was approved under.",
  "templates.badLanguage": "Write a language like en or pt-BR.",
  "templates.badCount": "Write a whole number from 0 to 100.",
  "templates.textCount": "The text has {inText} values, but the template takes {count}.",
  "templates.twice": "This template is in the list already, in the same language.",
  "retention.title": "How long messages are kept",
  "retention.intro": "An empty field means for ever. Counts and costs always stay.",
  "retention.content_days": "Erase texts and addresses after so many days",
  "retention.content_days.hint": "That a message was sent, and when, can still be seen.",
  "retention.deliveries_days": "Remove messages altogether after so many days",
  "retention.deliveries_days.hint": "Not before the 30th day: until then the way out in a message must work.",
  "retention.wrong": "Write whole days from 1 to 36500, or leave it empty.",
} as const satisfies Messages;
