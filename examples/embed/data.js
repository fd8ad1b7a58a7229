// The CRM's data in Recado's formats (docs/schemas/ has the JSON Schemas). Made up.

export const schema = {
  entities: [
    {
      code: "deal",
      name: "Deal",
      pipelines: [
        {
          id: "sales",
          name: "Sales",
          stages: [
            { id: "new", name: "New", kind: "open" },
            { id: "paid", name: "Paid", kind: "open" },
            { id: "won", name: "Won", kind: "won" },
          ],
        },
      ],
      fields: [
        { name: "number", type: "text", required: true, max_length: 12 },
        { name: "amount", type: "money", required: true },
        { name: "delivery_date", type: "date" },
      ],
    },
  ],
};

export const workspace = {
  name: "Bike Shop",
  default_region: "BR",
  language: "en",
  time_zone: "America/Sao_Paulo",
  currency: "EUR",
  providers: [
    {
      id: "sms-main",
      kind: "sandbox",
      settings: { prices: [{ prefix: "55", per: "segment", amount: "0.07", currency: "EUR" }] },
    },
    { id: "mail", kind: "smtp", settings: { mailboxes: [{ address: "shop@bikes.example", name: "Bike Shop" }] } },
  ],
  calendars: [{ id: "office", time_zone: "America/Sao_Paulo", week: { mon: [["09:00", "18:00"]] }, holidays: [] }],
};

const customer = (number, first_name, language, phone) => ({
  deal: {
    id: `D-${number}`,
    number: String(1000 + number),
    pipeline: "sales",
    stage: "paid",
    amount: { amount: `${number * 99}.00`, currency: "EUR" },
    delivery_date: "2026-12-01",
  },
  contacts: [{ id: `C-${number}`, first_name, language, phones: phone ? [{ type: "mobile", value: phone }] : [] }],
});

export const snapshots = [
  customer(1, "Ana", "pt-BR", "+5511912345678"),
  customer(2, "Jonas", "de", "+5511912345679"),
  customer(3, "Kasia", "pl", null),
];

export const rule = {
  id: "payment-received",
  name: "Payment received",
  enabled: true,
  on: { entity: "deal", pipeline: "sales", stage: "paid" },
  timing: { run: "immediately" },
  action: {
    type: "send_sms",
    provider: "sms-main",
    phone_type: "auto",
    text: 'Hi {{ contact.frist_name | default: "there" }}, we have received {{ deal.amount | money }} for order {{ deal.number }}.',
  },
};
