// Makes a JSON value as small as it can be while a property holds: members, elements and pieces of texts are taken away, large pieces
// first, until nothing more can go.
//
//   shrink({ text: "abcß", force: "gsm7" }, (value) => value.text.includes("ß")); // { text: "ß" }

/** `holds` is asked at most `budget` times; it must hold for `value` itself. */
export function shrink(value, holds, budget = 3000) {
  let left = budget;
  const ask = (candidate) => left-- > 0 && holds(candidate);
  for (let before; before !== JSON.stringify(value) && left > 0; ) {
    before = JSON.stringify(value);
    value = shrinkNode(value, ask);
  }
  return value;
}

function shrinkNode(node, holds) {
  if (typeof node === "string") return shrinkList([...node], (letters) => holds(letters.join(""))).join("");
  if (Array.isArray(node)) return shrinkInside(shrinkList(node, holds), holds);
  if (node !== null && typeof node === "object") return shrinkInside(shrinkMembers(node, holds), holds);
  return node;
}

/** Pieces of half the list, of a quarter, … of one element. */
function shrinkList(list, holds) {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < list.length; ) {
      const shorter = [...list.slice(0, at), ...list.slice(at + size)];
      if (holds(shorter)) list = shorter;
      else at += size;
    }
  }
  return list;
}

function shrinkMembers(object, holds) {
  for (const name of Object.keys(object)) {
    const { [name]: _gone, ...rest } = object;
    if (holds(rest)) object = rest;
  }
  return object;
}

function shrinkInside(node, holds) {
  for (const name of Object.keys(node)) {
    const withInner = (inner) => {
      const copy = Array.isArray(node) ? [...node] : { ...node };
      copy[name] = inner;
      return copy;
    };
    node = withInner(shrinkNode(node[name], (inner) => holds(withInner(inner))));
  }
  return node;
}
