// Portuguese: without a connection.

import type { offline as english } from "../en/offline";
import type { Translation } from "../table";

export const offline: Translation<typeof english> = {
  "offline.title": "Você está sem conexão.",
  "offline.text":
    "Você vê o que foi carregado por último; as regras podem ser editadas, verificadas e visualizadas.",
  "offline.waiting": {
    one: "Uma alteração será enviada quando a conexão voltar.",
    other: "{n} alterações serão enviadas quando a conexão voltar.",
  },
  "offline.newVersion": "Há uma nova versão desta página.",
  "offline.reload": "Recarregar",
  "offline.conflict": "Outra pessoa alterou “{name}” enquanto você estava sem conexão.",
  "offline.refused": "Sua alteração em “{name}” não foi aceita: {message}",
  "offline.compare": "Comparar as versões",
  "offline.open": "Abrir a regra",
  "offline.signOutAnyway": {
    one: "Uma alteração ainda não foi enviada e seria perdida. Sair mesmo assim?",
    other: "{n} alterações ainda não foram enviadas e seriam perdidas. Sair mesmo assim?",
  },
};
