import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KindsPulled } from '../../src/lib/cli/presenters/kinds-pulled.js';
import { BuiltRt, type Ended } from '../helpers/built-rt.js';
import { programOfSources, runRt } from '../helpers/run-rt.js';
import { jsonSteps, type JsonStep } from './json-steps.js';
import { Schemas } from './schemas.js';

/** Topics and commands whose documents have schemas; a command of theirs without a step fails. */
const TOPICS = [
  ...['action', 'activation', 'api', 'commands', 'completion', 'config', 'context', 'doctor', 'info', 'kind', 'login'],
  ...['logout', 'namespace', 'package', 'platform', 'project', 'property', 'rule', 'trigger', 'version'],
];

const program = programOfSources();

describe('the documents of --json', function () {
  this.timeout(120_000);

  const schemas = new Schemas();
  let rt: BuiltRt;
  const seen = { URL: '', AUTH: '', ID: '' };

  before(async () => {
    rt = await BuiltRt.create();
  });

  after(() => rt.dispose());

  function wordsOf({ line }: JsonStep): string[] {
    return line.replace(/\$(URL|AUTH|ID)/gu, (_text, name: keyof typeof seen) => seen[name]).split(' ');
  }

  function remember(document: unknown): void {
    const { WHISK_APIHOST, WHISK_AUTH, activationId } = document as Readonly<Record<string, string | undefined>>;
    Object.assign(seen, { URL: WHISK_APIHOST ?? seen.URL, AUTH: WHISK_AUTH ?? seen.AUTH, ID: activationId ?? seen.ID });
  }

  function checkFailure(document: unknown, { exit, stderr }: Ended): void {
    const { error } = document as { error: { message: string; exitCode: number } };
    assert.equal(error.exitCode, exit);
    assert.ok(stderr.split('\n').includes(`error: ${error.message}`), stderr);
  }

  for (const [index, step] of jsonSteps.entries()) {
    const { line, schema, exit = 0, lines = false, files = {} } = step;
    it(`C-49: step ${String(index + 1)}, rt ${line} --json prints ${lines ? 'lines' : 'a document'} '${schema}'`, async () => {
      for (const [name, text] of Object.entries(files)) await writeFile(join(rt.work, name), text);
      const ended = await rt.run([...wordsOf(step), '--json']);
      assert.equal(ended.exit, exit, `${ended.stdout}${ended.stderr}`);
      const texts = ended.stdout.split('\n');
      assert.equal(texts.pop(), '', 'the last line ends');
      assert.ok(texts.length >= 1 && (lines || texts.length === 1), ended.stdout);
      for (const text of texts) {
        const document: unknown = JSON.parse(text);
        schemas.check(schema, document);
        if (schema === 'error') checkFailure(document, ended);
        else remember(document);
      }
    });
  }

  it('C-49: are the same with RT_OUTPUT=json and --output json', async () => {
    const plain = await rt.run(['version', '--json']);
    assert.deepEqual(await rt.run(['version'], { RT_OUTPUT: 'json' }), plain);
    assert.deepEqual(await rt.run(['version', '--output', 'json']), plain);
    const pretty = await rt.run(['version', '--json=pretty']);
    assert.equal(pretty.stdout, `${JSON.stringify(JSON.parse(plain.stdout), undefined, 2)}\n`);
  });

  for (const id of Object.keys(program.commands)) {
    it(`C-49: rt ${id.replaceAll(':', ' ')} prints an error as a document`, async () => {
      const { status, stdout, stderr } = await runRt([...id.split(':'), '--no-such-flag', '--json'], { program });
      const document: unknown = JSON.parse(stdout);
      schemas.check('error', document);
      checkFailure(document, { exit: status, stdout, stderr });
      assert.equal(status, 2);
    });
  }

  it('C-49: rt kind pull tells which images are here now and which are not', () => {
    const [kind, image] = ['nodejs:20', 'openwhisk/action-nodejs-v20:nightly'];
    const report = {
      done: [{ kind, image, base: 'node:20-slim' }],
      failed: [{ kind, image, reason: 'no such image' }],
    };
    schemas.check('kinds-pulled', new KindsPulled(report).json());
  });

  it('C-49: may have no members but the known ones, and actions no code', () => {
    const version = { rt: '1', platform: 'x', node: 'v20' };
    schemas.check('version', version);
    assert.throws(() => {
      schemas.check('version', { ...version, more: 1 });
    }, /must NOT have additional properties/u);
    const action = {
      namespace: 'n',
      name: 'a',
      version: '1',
      publish: false,
      annotations: [],
      limits: {},
      parameters: [],
    };
    schemas.check('action-removed', { ...action, exec: { kind: 'nodejs:20' }, later: 'member' });
    assert.throws(() => {
      schemas.check('action-removed', { ...action, exec: { kind: 'nodejs:20', code: '' } });
    }, /exec\/code/u);
  });

  it('C-49: have a schema each, and every command a step', () => {
    const named = new Set(['kinds-pulled', ...jsonSteps.map(({ schema }) => schema)]);
    assert.deepEqual(schemas.names, [...named].sort());
    const ours = Object.keys(program.commands).filter((id) => TOPICS.includes(id.split(':')[0] ?? ''));
    const missing = ours.filter(
      (id) => !jsonSteps.some(({ line }) => `${line} `.startsWith(`${id.replaceAll(':', ' ')} `)),
    );
    assert.deepEqual(missing, []);
  });
});
