import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalise } from '../conformance/transcripts/normalise.js';
import { BuiltRt } from '../helpers/built-rt.js';
import { assertOutput } from '../helpers/expected-output.js';
import { programOfSources } from '../helpers/run-rt.js';

/**
 * The examples of the help that are run, in this order: command and first line. What they print must be what the help shows; where the
 * help shows nothing they must succeed.
 */
const RUNNABLE: readonly (readonly [id: string, line: string])[] = [
  ['action:create', '$ rt action create hello hello.js'],
  ['action:create', '$ rt action create both first,second --sequence'],
  ['action:get', '$ rt action get hello exec.kind'],
  ['action:get', '$ rt action get hello --url'],
  ['action:invoke', '$ rt action invoke hello --result -p name Bob'],
  ['action:invoke', '$ rt invoke hello name=Bob'],
  ['action:invoke', '$ rt action invoke hello'],
  ['action:list', '$ rt action list --count'],
  ['kind:get', '$ rt kind get nodejs:20'],
  ['commands', '$ rt commands'],
  ['commands', '$ rt commands --output name'],
  ['platform:status', '$ rt platform status'],
  ['info', '$ rt info'],
  ['doctor', '$ rt doctor'],
];

/** Numbers are those of the run: process ids, counts of entities. */
function shownText(text: string, places: { readonly host: string; readonly folder: string }): string {
  return normalise(text, places).replaceAll(/\b\d+\b/gu, 'N');
}

/** Where the examples of the help play. */
const shownPlaces = { host: 'http://127.0.0.1:3233', folder: '/home/me' };

const hello = `function main({ name = 'stranger' }) {
  return { greeting: \`Hello, \${name}!\` };
}
`;

describe('the examples of the help', function () {
  this.timeout(60_000);

  const program = programOfSources();
  let rt: BuiltRt;
  let host: string;

  before(async () => {
    rt = await BuiltRt.create({ files: { 'hello.js': hello } });
    await mkdir(join(rt.work, 'hello'));
    await writeFile(join(rt.work, 'hello', 'index.js'), `exports.main = () => ({ greeting: 'hello' });\n`);
    host = (await rt.startPlatform()).WHISK_APIHOST;
    for (const name of ['first', 'second']) await rt.run(['action', 'create', name, 'hello.js']);
  });

  after(() => rt.dispose());

  for (const [id, line] of RUNNABLE) {
    it(`C-78: ${line.slice(2)} prints what the help of ${id.replace(':', ' ')} shows`, async () => {
      const command = (await program.commands[id]?.())?.default;
      const texts = command?.examples.map((example) => (typeof example === 'string' ? example : example.command)) ?? [];
      const example = texts.find((text) => text === line || text.startsWith(`${line}\n`));
      assert.ok(example !== undefined, `the help of ${id} has no example ${line}`);
      const { exit, stdout, stderr } = await rt.program('/bin/sh', ['-c', line.slice(2)]);
      assert.equal(exit, 0, stderr);
      const shown = shownText(example, shownPlaces).split('\n').slice(1);
      if (shown.length > 0) assertOutput(shown, shownText(stdout, { host, folder: rt.work }), line);
    });
  }
});
