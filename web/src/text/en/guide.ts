// English: first steps, from a stage to a message in the sandbox.

import type { Messages } from "../table";

export const guide = {
  "guide.title": "First steps",
  "guide.offer":
    "New here? Send your first message in five minutes. It goes to the sandbox: nobody outside gets it.",
  "guide.start": "Show me",
  "guide.skip": "Not now",
  "guide.end": "Leave the guide",
  "guide.next": "Next",
  "guide.step": "Step {n} of {total}",
  "guide.stage": "Pick a stage. Customers whose deal enters it will get your message.",
  "guide.stageLabel": "Stage",
  "guide.write": "Write what the customer shall read, under Text. “Insert value” puts in a name or a number.",
  "guide.preview":
    "Look at the preview: this is exactly what each customer gets. Step through a few of them.",
  "guide.publish": "Press “Review and publish”, then “Publish”. Only then is the rule live.",
  "guide.move": "Now let it happen: move a deal to {stage}. You see what will be sent before it is.",
  "guide.toRecords": "Open the records",
  "guide.notSent": "That customer gets no message: {reason} Move another deal.",
  "guide.see": "It was sent. Look at it as the customer would see it.",
  "guide.toSandbox": "Open the sandbox inbox",
  "guide.done": "That is all. Connect a real provider in the settings when you want messages to leave.",
  "guide.toProviders": "Open the providers",
  "guide.noStages": "There are no stages yet. Connect your CRM or import a file first.",
  "guide.toCrm": "Connect the CRM",
} as const satisfies Messages;
