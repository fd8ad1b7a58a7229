// Line icons, drawn on a 16-pixel grid. They never carry a meaning alone: words stand beside them, or the control
// has a name.

const PATHS = {
  send_sms: "M2.5 3.5h11v7h-6l-3 3v-3h-2z M5 6h6 M5 8.2h4",
  send_email: "M2 3.5h12v9H2z M2.5 4.5 8 9l5.5-4.5",
  make_call:
    "M5.6 2.5 3 3.2c-.3 5 4.800 10 9.800 9.700l.7-2.600-2.700-1.500-1.300 1.200c-1.700-.8-2.700-1.800-3.500-3.500l1.200-1.300z",
  send_chat_message: "M2 3h9v6H6l-2.500 2.300V9H2z M12.500 6H14v5.500h-1.500v2L10 11.500H8",
  send_whatsapp: "M3 13l.8-2.700A5.200 5.200 0 1 1 6 12.300z M6 6.500c.3 1.700 1.500 2.900 3.300 3.200",
  invite_to_messenger: "M2 8 14 3l-2 10-4-2.500L6.500 13 6 9.500 11 5.500",
  error: "M8 1.800 14.200 8 8 14.200 1.800 8z M8 5v3.600 M8 10.600v.4",
  warning: "M8 2.200 14.500 13.500h-13z M8 6.500v3.300 M8 11.300v.4",
  info: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z M8 7.300V11 M8 5v.4",
  check: "M3 8.500 6.500 12 13 4.500",
  plus: "M8 3v10 M3 8h10",
  left: "M10 3 5 8l5 5",
  right: "m6 3 5 5-5 5",
  clip: "M12.500 7.500 7.800 12.200a3 3 0 0 1-4.200-4.200l5.300-5.300a2 2 0 0 1 2.800 2.800L6.500 10.700a1 1 0 0 1-1.400-1.400L9.500 5",
  search: "M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z M10.300 10.300 13.500 13.500",
  more: "M3.500 8h.01 M8 8h.01 M12.500 8h.01",
  play: "M5 3v10l8-5z",
  stop: "M4 4h8v8H4z",
  again: "M13 8a5 5 0 1 1-1.500-3.600 M13 2.500v3h-3",
  eye: "M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8z M8 6.200a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600z M2.500 13.500l11-11",
  close: "m4 4 8 8 M12 4l-8 8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
