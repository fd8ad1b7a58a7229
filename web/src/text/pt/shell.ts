// Portuguese: the frame around all views and signing in.

import type { shell as english } from "../en/shell";
import type { Translation } from "../table";

export const shell: Translation<typeof english> = {
  "app.name": "Recado",
  "app.skip": "Ir para o conteúdo",
  "app.unknown": "Não há nada neste endereço.",
  "app.home": "Ir para as regras",
  "nav.label": "Menu principal",
  "nav.rules": "Regras",
  "nav.simulator": "Simulador",
  "nav.records": "Registros",
  "nav.deliveries": "Envios",
  "nav.sandbox": "Caixa de testes",
  "nav.settings": "Configurações",
  "nav.language": "Idioma desta página",
  "live.live": "Ao vivo",
  "live.connecting": "Conectando…",
  "live.lost": "Conexão perdida, tentando de novo",
  "signin.title": "Entre na sua conta",
  "signin.text":
    "Abra o link de acesso que o serviço mostrou ao iniciar. Ele funciona uma vez e depois mantém você conectado aqui.",
  "signin.name": "Nome",
  "signin.password": "Senha",
  "signin.token": "Ou entre com um token de acesso",
  "signin.go-token": "Entrar com o token",
  "signin.go": "Entrar",
  "problem.unreachable": "Não foi possível acessar o serviço.",
  "problem.status": "O serviço respondeu com um erro ({status}).",
  "nav.signOut": "Sair",
};
