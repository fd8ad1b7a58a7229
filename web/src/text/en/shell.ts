// English: the frame around all views and signing in.

import type { Messages } from "../table";

export const shell = {
  "app.name": "Recado",
  "app.skip": "Skip to the content",
  "app.unknown": "There is nothing at this address.",
  "app.home": "Go to the rules",
  "nav.label": "Main",
  "nav.rules": "Rules",
  "nav.simulator": "Simulator",
  "nav.records": "Records",
  "nav.deliveries": "Deliveries",
  "nav.sandbox": "Sandbox inbox",
  "nav.settings": "Settings",
  "nav.language": "Language of this page",
  "live.live": "Live",
  "live.connecting": "Connecting…",
  "live.lost": "Connection lost, trying again",
  "signin.title": "Please sign in",
  "signin.text":
    "With your name and password, or by the sign-in link that the service printed when it started. The link works once and then keeps you signed in here.",
  "signin.name": "Name",
  "signin.password": "Password",
  "signin.token": "Or sign in with an access token",
  "signin.go-token": "Sign in with the token",
  "signin.go": "Sign in",
  "problem.unreachable": "The service cannot be reached.",
  "problem.status": "The service answered with an error ({status}).",
  "nav.signOut": "Sign out",
} as const satisfies Messages;
