/** The module Emscripten makes of bindings.cc; it appears beside the compiled facade in dist/. */
import type { ModuleFactory } from "./native.js";
declare const factory: ModuleFactory;
export default factory;
