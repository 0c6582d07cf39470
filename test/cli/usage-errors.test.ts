import assert from 'node:assert/strict';
import { StubbedRt } from '../helpers/stubbed-rt.js';

/** A command line, the first line that it must give, and the hint below it, if any. */
type Row = readonly [line: string, message: string, hint?: string];

const names = 'names are NAME, PACKAGE/NAME, /NAMESPACE/NAME or /NAMESPACE/PACKAGE/NAME';

/** Every row of C-55, for every command that it speaks of. */
const rows: readonly Row[] = [
  // Missing and superfluous words.
  ['action create', 'Invalid argument(s). An action name and code artifact are required.'],
  ['action update', 'Invalid argument(s). An action name and code artifact are required.'],
  ['action create a', 'Invalid argument(s). An action name and code artifact are required.'],
  ['action create a b c', 'Invalid argument(s): c. An action name and code artifact are required.'],
  ['action update a b c d', 'Invalid argument(s): c, d. An action name and code artifact are required.'],
  ['action invoke', 'Invalid argument(s). An action name is required.'],
  ['invoke', 'Invalid argument(s). An action name is required.'],
  ['action get', 'Invalid argument(s). An action name is required.'],
  ['url', 'Invalid argument(s). An action name is required.'],
  ['action delete', 'Invalid argument(s). An action name is required.'],
  ['action get a name b', 'Invalid argument(s): b. An action name is required.'],
  ['package create', 'Invalid argument(s). A package name is required.'],
  ['package get', 'Invalid argument(s). A package name is required.'],
  ['package delete', 'Invalid argument(s). A package name is required.'],
  ['package bind a', 'Invalid argument(s). A package name and binding name are required.'],
  ['trigger create', 'Invalid argument(s). A trigger name is required.'],
  ['trigger fire', 'Invalid argument(s). A trigger name is required.'],
  ['rule create r t', 'Invalid argument(s). A rule, trigger and action name are required.'],
  ['rule update r', 'Invalid argument(s). A rule, trigger and action name are required.'],
  ['rule enable', 'Invalid argument(s). A rule name is required.'],
  ['rule status', 'Invalid argument(s). A rule name is required.'],
  ['activation get', 'Invalid argument(s). An activation ID is required.'],
  ['activation result', 'Invalid argument(s). An activation ID is required.'],
  // Files.
  ['action create a nofile.js', "File 'nofile.js' is not a valid file or it does not exist"],
  ['action create a helo.js', "File 'helo.js' is not a valid file or it does not exist", "did you mean 'hello.js'?"],
  ['action invoke a -P nofile.json', "File 'nofile.json' is not a valid file or it does not exist"],
  // Flags.
  ['action create a hello.js --kind', 'Flag --kind expects a value'],
  ['action create a hello.js --kind --web', 'Flag --kind expects a value'],
  ['action invoke a --bloking', 'Unknown flag --bloking', 'did you mean --blocking?'],
  ['action invoke a --bogus', 'Unknown flag --bogus'],
  ['action list --limt 3', 'Unknown flag --limt', 'did you mean --limit?'],
  // Values.
  [
    'action create a hello.js --memory abc',
    "Invalid value 'abc' for --memory: expected a number of MB (256) or a size such as 512MB",
  ],
  [
    'action update a --timeout soon',
    "Invalid value 'soon' for --timeout: expected a number of milliseconds (60000) or a duration such as 90s or 1.5m",
  ],
  ['action list --limit 0x10', "Invalid value '0x10' for --limit: expected a whole number, 0 or more"],
  ['action list --limit -1', "Invalid value '-1' for --limit: expected a whole number, 0 or more"],
  ['trigger list --limit 1.5', "Invalid value '1.5' for --limit: expected a whole number, 0 or more"],
  ['rule list --skip x', "Invalid value 'x' for --skip: expected a whole number, 0 or more"],
  ['package create p --shared maybe', "Cannot use value 'maybe' for shared.", 'yes, no, true or false'],
  ['action list --output tabel', "Invalid value 'tabel' for --output: expected one of text, json, yaml, name, wide"],
  [
    'action list --output jsno',
    "Invalid value 'jsno' for --output: expected one of text, json, yaml, name, wide",
    'did you mean json?',
  ],
  [
    'action create a hello.js --web maybe',
    "Invalid argument 'maybe' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'.",
  ],
  // Names and fields.
  [
    'trigger list foo',
    "An entity name, 'foo', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.",
  ],
  [
    'action get a foo',
    "Invalid field filter 'foo'.",
    'fields: annotations, binding, exec, limits, name, namespace, parameters, publish, updated, version',
  ],
  ['action get /a/b/c/d', "'/a/b/c/d' is not a valid qualified name: A valid qualified name must be specified.", names],
  ['action invoke a//b', "'a//b' is not a valid qualified name: A valid qualified name must be specified.", names],
  ['action delete s/', "'s/' is not a valid qualified name: A valid qualified name must be specified.", names],
  // What excludes each other.
  ['activation get 0123456789abcdef0123456789abcdef --last', 'Cannot use --last together with an activation ID'],
  ['action list --all --limit 3', 'Cannot use --all together with --limit'],
  ['action list --cert file', 'The Key file is not configured. Please configure the missing Key file.'],
  ['action list --key file', 'The Certificate file is not configured. Please configure the missing Certificate file.'],
];

describe('usage errors', () => {
  let rt: StubbedRt;

  before(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('hello.js', 'function main() {}');
  });

  after(() => rt.close());

  for (const [line, message, hint] of rows) {
    it(`C-55: 'rt ${line}' exits with 2 before any request: ${message}`, async () => {
      const { status, stdout, stderr } = await rt.run(line);
      const [first, second] = stderr.split('\n');
      assert.equal(first, `error: ${message}`);
      if (hint !== undefined) assert.equal(second, `hint: ${hint}`);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.deepEqual(rt.host.requests, []);
      const json = await rt.run(`${line} --json`);
      assert.equal(json.status, 2);
      if (!line.endsWith('--kind')) {
        const document = JSON.parse(json.stdout) as { error: { message: string; exitCode: number } };
        assert.equal(document.error.message.split('\n')[0], message);
        assert.equal(document.error.exitCode, 2);
      }
    });
  }
});
