import type { JsonObject } from '../../entity/json.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** A JSON Schema for editors, which is text to be written to a file (deploy-and-dev.md §1.8). */
export class ProjectSchema implements Presenter {
  constructor(private readonly schema: JsonObject) {}

  text(terminal: Terminal): void {
    terminal.answer(JSON.stringify(this.schema, undefined, 2));
  }

  json(): object {
    return this.schema;
  }
}
