import type { Terminal } from './terminal.js';

/** JSON that is already text and must reach stdout with its numbers and member order unchanged (C-24). */
export class JsonText {
  constructor(readonly text: string) {}
}

/** Shows one result, as text or as the one document of `--json` (C-49). Both come from the same object, so they cannot drift. */
export interface Presenter {
  text(terminal: Terminal): void;
  /** The document: a value, or JSON text that is printed as it came. */
  json(): JsonText | object | string | number | boolean | null;
  /** Full names, one a line, for `--output name`; absent where a result has none. */
  names?(): readonly string[];
}
