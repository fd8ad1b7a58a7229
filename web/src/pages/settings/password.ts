// A password that is made up: long enough, and of signs that nobody mistakes for others when it is read aloud.

const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"; // without i, l, o, 0, 1
const GROUPS = 4;
const GROUP = 4; // 4 × 4 signs: 79 bits

export function madeUpPassword(random: (most: number) => number = randomBelow): string {
  const group = (): string => Array.from({ length: GROUP }, () => SIGNS[random(SIGNS.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** Each of 0 … most − 1 alike: what would favour the first ones is drawn again. */
function randomBelow(most: number): number {
  const limit = 256 - (256 % most);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < limit) return byte % most;
  }
}
