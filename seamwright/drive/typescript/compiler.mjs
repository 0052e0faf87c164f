// The TypeScript compiler whose package is named as the first argument.
import { createRequire } from "node:module";

export const ts = createRequire(import.meta.url)(process.argv[2]);
