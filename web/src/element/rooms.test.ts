// The element must stand without the service: none of its modules may import the API or what is built on it.
import { expect, test } from "vitest";
import { modulesOf } from "./modules";

const FORBIDDEN = ["api/", "state/catalogue", "state/navigation", "pages/board", "routes", "app"];

test("nothing that the element is made of reaches the service", () => {
  const names = modulesOf("element/index.ts");
  expect(names).toContain("pages/editor/workbench.tsx");
  expect(names.filter((name) => FORBIDDEN.some((each) => name.startsWith(each)))).toEqual([]);
});
