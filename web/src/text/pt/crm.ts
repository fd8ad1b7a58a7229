// Portuguese: where records come from: the CRM and files.

import type { crm as english } from "../en/crm";
import type { Translation } from "../table";

export const crm: Translation<typeof english> = {
  "file.choose": "Escolher um arquivo",
  "file.line": "Linha {n}",
  "file.report": "Baixar o relatório das linhas ruins",
  "source.builtIn":
    "Os registros vêm do diretório próprio do Recado: importe um arquivo, envie pela API ou conecte seu CRM.",
  "source.connectedTo": "Os registros vêm do Bitrix24.",
  "source.connect": "Conectar o Bitrix24",
  "source.change": "Mudar a conexão",
  "source.working": "Funcionando",
  "source.broken": "Não funciona",
  "source.base_url": "Endereço do seu Bitrix24",
  "source.webhook": "Webhook de entrada (usuário/código)",
  "source.webhookHint":
    "As duas últimas partes do endereço do webhook: 1/abc123. Fica cifrado e nunca é mostrado de novo.",
  "source.application_token": "Token de aplicação do webhook de saída",
  "source.timeline": "Escrever na linha do tempo do CRM o que houve com as mensagens",
  "source.hook": "Diga ao Bitrix24 para chamar este endereço (webhook de saída):",
  "source.test": "Testar a conexão",
  "source.ok": "O Bitrix24 responde.",
  "source.schema": "Adotar seus funis e campos",
  "source.schemaText":
    "As etapas e campos do CRM substituem os daqui. Regras de etapas que não existem no CRM não enviam nada.",
  "source.schemaDone": "Adotado: {n} tipos de itens.",
  "source.disconnect": "Desconectar",
  "source.disconnectTitle": "Desconectar o Bitrix24?",
  "source.disconnectText": "Nada do que acontecer lá chegará mais ao Recado. Os registros daqui ficam.",
  "import.intro":
    "Traga negócios e seus clientes de uma tabela (CSV) ou de um arquivo de registros (NDJSON). Primeiro você vê o que seria lido; nada é gravado até você mandar.",
  "import.entity": "As linhas são",
  "import.locale": "Números e datas escritos como em",
  "import.events": "Executar regras para itens novos e movidos",
  "import.eventsHint": "Os clientes recebem mensagens. Deixe desligado ao trazer dados antigos.",
  "import.look": "Ver o arquivo primeiro",
  "import.trial": { one: "{n} linha foi vista.", other: "{n} linhas foram vistas." },
  "import.columns": "O que cada coluna vira",
  "import.leaveOut": "deixar de fora",
  "import.key": "seu identificador (necessário)",
  "import.faults": "O que não pode ser lido",
  "import.fine": "Não há nada errado nessas linhas.",
  "import.start": "Importar o arquivo",
  "import.again": "Importar de novo",
  "import.known": "Este mesmo arquivo já foi importado. Importar de novo só muda o que agora é diferente.",
  "import.progress": "{percent} % lido",
  "import.running": "Importando",
  "import.done": "Importado",
  "import.stopped": "Parado",
  "import.sums": "{created} novos, {changed} mudados, {unchanged} como antes, {bad} deixados de fora",
  "import.earlier": "Importações anteriores",
  "import.none": "Nada foi importado ainda.",
};
