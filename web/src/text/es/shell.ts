// Spanish: the frame around all views and signing in.

import type { shell as english } from "../en/shell";
import type { Translation } from "../table";

export const shell: Translation<typeof english> = {
  "app.name": "Recado",
  "app.skip": "Ir al contenido",
  "app.unknown": "No hay nada en esta dirección.",
  "app.home": "Ir a las reglas",
  "nav.label": "Principal",
  "nav.rules": "Reglas",
  "nav.simulator": "Simulador",
  "nav.records": "Registros",
  "nav.deliveries": "Envíos",
  "nav.sandbox": "Buzón de pruebas",
  "nav.settings": "Ajustes",
  "nav.language": "Idioma de esta página",
  "live.live": "En directo",
  "live.connecting": "Conectando…",
  "live.lost": "Conexión perdida, reintentando",
  "signin.title": "Inicie sesión",
  "signin.text":
    "Abra el enlace de acceso que el servicio mostró al iniciarse. Funciona una vez y después mantiene la sesión abierta aquí.",
  "signin.name": "Nombre",
  "signin.password": "Contraseña",
  "signin.token": "O acceda con un token",
  "signin.go-token": "Acceder con el token",
  "signin.go": "Acceder",
  "problem.unreachable": "No se puede contactar con el servicio.",
  "problem.status": "El servicio respondió con un error ({status}).",
  "nav.signOut": "Cerrar sesión",
};
