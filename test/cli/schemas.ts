import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';

/** The schemas of `test/cli/schemas`, one for each document that `--json` prints. */
export class Schemas {
  readonly names: readonly string[];
  private readonly ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });

  constructor(folder = new URL('schemas/', import.meta.url)) {
    const files = readdirSync(fileURLToPath(folder));
    for (const file of files) this.ajv.addSchema(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object);
    this.names = files.map((file) => file.replace(/\.json$/u, '')).sort();
  }

  /** Fails with every difference between a document and the schema of this name. */
  check(name: string, document: unknown): void {
    const validate = this.ajv.getSchema(`${name}.json`);
    assert.ok(validate !== undefined, `there is no schema ${name}.json`);
    const valid = validate(document) === true;
    assert.ok(valid, `${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(document, undefined, 2)}`);
  }
}
