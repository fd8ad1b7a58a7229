// Every view of the page, each with what shows that it is complete.
export const PLACES = [
  { name: "board", path: "/rules", ready: ".rule-card" },
  { name: "sms", path: "/rules/payment-received?record=D-5", ready: ".bubble" },
  { name: "email", path: "/rules/welcome?record=D-1", ready: ".mail-head" },
  {
    name: "new",
    path: "/rules/new?entity=deal&pipeline=sales&stage=won&channel=email",
    ready: ".template-editor",
  },
  { name: "simulator", path: "/simulator", ready: ".sim-form" },
  { name: "deliveries", path: "/deliveries", ready: ".delivery-row" },
  { name: "records", path: "/records", ready: ".item-card" },
  { name: "record", path: "/records?entity=deal&id=D-1", ready: ".item-panel .history" },
  { name: "settings", path: "/settings", ready: ".settings-list li" },
  { name: "company", path: "/settings/workspace", ready: ".settings-form" },
  { name: "crm", path: "/settings/crm", ready: "main .notice", complains: /404/ }, // the browser notes that none is connected
  { name: "import", path: "/settings/import", ready: ".settings-form" },
  { name: "never", path: "/settings/suppressions", ready: ".settings-bar" },
  { name: "users", path: "/settings/users", ready: ".settings-list li" },
  { name: "privacy", path: "/settings/privacy", ready: ".privacy-form" },
  { name: "account", path: "/settings/account", ready: ".settings-form" },
  { name: "access", path: "/settings/access", ready: ".settings-bar" },
  { name: "changes", path: "/settings/audit", ready: ".settings-list li, main > .quiet" },
  { name: "sandbox", path: "/sandbox", ready: ".sandbox-list li" },
  { name: "nowhere", path: "/nowhere", ready: ".notice" },
];
