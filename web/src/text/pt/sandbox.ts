// Portuguese: the inbox of what left for nobody.

import type { sandbox as english } from "../en/sandbox";
import type { Translation } from "../table";

export const sandbox: Translation<typeof english> = {
  "sandbox.title": "Caixa de testes",
  "sandbox.text": "O que o provedor de testes recebeu, como o cliente veria. Nada saiu desta máquina.",
  "sandbox.empty": "Nenhuma mensagem ainda. Elas aparecem aqui assim que uma regra envia.",
  "sandbox.list": "Mensagens, mais recentes primeiro",
};
