// For tests of what speaks (vite.config.ts): the whole page's words, as main.tsx places them.

import { placeWords } from "./index";
import { pageWords } from "./page";

placeWords(pageWords);
