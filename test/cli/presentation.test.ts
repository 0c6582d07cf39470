import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UsageProblems } from '../../src/lib/cli/argv/usage-problems.js';
import type { OutputMode } from '../../src/lib/cli/output-mode.js';
import { presentError } from '../../src/lib/cli/present-error.js';
import { presentResult } from '../../src/lib/cli/present-result.js';
import { PresentedFailure } from '../../src/lib/cli/presented-failure.js';
import { JsonText, type Presenter } from '../../src/lib/cli/presenter.js';
import { ProcessTerminal } from '../../src/lib/cli/process-terminal.js';
import { Redactor } from '../../src/lib/cli/redaction.js';
import { printTable } from '../../src/lib/cli/table.js';
import { noTraces, Traces } from '../../src/lib/cli/traces.js';
import { HttpError, NetworkError, UsageError } from '../../src/lib/errors/client-errors.js';

class Recorder {
  text = '';
  constructor(
    readonly isTTY = false,
    readonly columns = 40,
  ) {}

  write(text: string): void {
    this.text += text;
  }
}

function record(options: { tty?: boolean; quiet?: boolean; colors?: boolean } = {}): {
  terminal: ProcessTerminal;
  out: Recorder;
  err: Recorder;
} {
  const out = new Recorder(options.tty);
  const err = new Recorder(options.tty);
  const color = options.colors ?? false;
  const terminal = new ProcessTerminal({
    stdout: out,
    stderr: err,
    quiet: options.quiet ?? false,
    colors: { stdout: color, stderr: color },
  });
  return { terminal, out, err };
}

function show(
  error: unknown,
  options: { output?: OutputMode; traces?: Traces; quiet?: boolean; redactor?: Redactor } = {},
): { status: number; out: string; err: string } {
  const { terminal, out, err } = record({ quiet: options.quiet ?? false });
  const status = presentError(error, {
    terminal,
    output: options.output ?? { format: 'text' },
    traces: options.traces ?? noTraces,
    redactor: options.redactor ?? new Redactor(),
  });
  return { status, out: out.text, err: err.text };
}

describe('presentError', () => {
  it('prints error and hint on stderr and takes the status from the error', () => {
    const error = new HttpError("Unable to create action 'hello': resource already exists (code 8sJ)", {
      status: 409,
      transactionId: '8sJ',
      hint: "use 'rt action update hello'",
    });
    assert.deepEqual(show(error), {
      status: 153,
      out: '',
      err: "error: Unable to create action 'hello': resource already exists (code 8sJ)\nhint: use 'rt action update hello'\n",
    });
    const { status, out, err } = show(error, { output: { format: 'json' }, quiet: true });
    assert.deepEqual(JSON.parse(out), {
      error: {
        message: "Unable to create action 'hello': resource already exists (code 8sJ)",
        hint: "use 'rt action update hello'",
        code: 'conflict',
        status: 409,
        tid: '8sJ',
        exitCode: 153,
      },
    });
    assert.deepEqual([status, err], [153, '']);
  });

  it('maps every HTTP status to status - 256 and others to the table', () => {
    for (const status of [400, 401, 403, 404, 405, 408, 409, 413, 429, 500, 502, 503, 504]) {
      assert.equal(show(new HttpError('x', { status })).status, status - 256);
    }
    assert.equal(show(new NetworkError('x')).status, 3);
    assert.equal(show(new UsageError('x')).status, 2);
  });

  it('says for usage errors where to read on, and several problems together', () => {
    const problems = [
      new UsageError('Unknown flag --a', { hint: 'did you mean --b?' }),
      new UsageError('Flag --c expects a value'),
    ];
    assert.equal(
      show(new UsageProblems(problems, 'action create')).err,
      "error: Unknown flag --a\nhint: did you mean --b?\nerror: Flag --c expects a value\nRun 'rt action create --help' for usage.\n",
    );
  });

  it('shows an unknown error as internal, with a stack only for -d', () => {
    const plain = show(new TypeError('boom'));
    assert.equal(plain.err, 'error: internal error: boom\nhint: run again with -d for details\n');
    assert.equal(plain.status, 1);
    assert.match(show(new TypeError('boom'), { traces: new Traces('debug') }).err, /TypeError: boom\n {4}at /);
    assert.equal(show('text').err, 'error: internal error: text\nhint: run again with -d for details\n');
  });

  it('prints nothing more for a failure that was already presented', () => {
    assert.deepEqual(show(new PresentedFailure('app_error', 246), { output: { format: 'json' } }), {
      status: 246,
      out: '',
      err: '',
    });
  });

  it('hides the key in messages, hints and JSON', () => {
    const redactor = new Redactor();
    redactor.hide('12345678-aaaa:secretsecret');
    const error = new HttpError('the key 12345678-aaaa:secretsecret is wrong', { status: 401, hint: 'secretsecret?' });
    const { out, err } = show(error, { redactor, output: { format: 'json' } });
    assert.ok(!out.includes('secretsecret') && !err.includes('secretsecret'));
    assert.match(err, /the key 1234…:\*\*\*\* is wrong/);
  });
});

describe('presentResult', () => {
  const presenter: Presenter = {
    text: (terminal) => {
      terminal.ok('ok: done');
      terminal.answer('text');
    },
    json: () => new JsonText('{"n": 12345678901234567890}'),
    names: () => ['/_/a', '/_/b'],
  };

  async function shown(output: OutputMode, tty = false): Promise<string> {
    const { terminal, out } = record({ tty });
    await presentResult(presenter, { terminal, output });
    return out.text;
  }

  it('prints text, compact or pretty JSON, YAML and names', async () => {
    assert.equal(await shown({ format: 'text' }), 'ok: done\ntext\n');
    assert.equal(await shown({ format: 'json' }), '{"n":12345678901234567890}\n');
    assert.equal(await shown({ format: 'json' }, true), '{\n  "n": 12345678901234567890\n}\n');
    assert.equal(await shown({ format: 'json', pretty: false }, true), '{"n":12345678901234567890}\n');
    assert.equal(await shown({ format: 'yaml' }), 'n: 12345678901234567890\n');
    assert.equal(await shown({ format: 'name' }), '/_/a\n/_/b\n');
  });
});

describe('ProcessTerminal', () => {
  it('escapes control characters on a terminal only', () => {
    const text = 'a\u001b[31mb\u0007\u009b\u007f\tc\nd';
    const onTerminal = record({ tty: true });
    onTerminal.terminal.answer(text);
    onTerminal.terminal.diagnostic(text);
    assert.equal(onTerminal.out.text, 'a\\u001b[31mb\\u0007\\u009b\\u007f\tc\nd\n');
    assert.equal(onTerminal.err.text, onTerminal.out.text);
    const piped = record();
    piped.terminal.answer(text);
    assert.equal(piped.out.text, `${text}\n`);
  });

  it('colours roles only where colours are on, and never lets foreign text set colours by escapes', () => {
    const colored = record({ tty: true, colors: true });
    colored.terminal.ok('ok: created');
    colored.terminal.answer(`${colored.terminal.palette.name('\u001b[31mx')} y`);
    assert.equal(colored.out.text, '\u001b[32mok:\u001b[39m created\n\u001b[1m\\u001b[31mx\u001b[22m y\n');
    const plain = record({ tty: true });
    plain.terminal.answer(plain.terminal.palette.name('x'));
    assert.equal(plain.out.text, 'x\n');
  });

  it('drops ok lines, notes and warnings when quiet, but no answer and no diagnostic', () => {
    const { terminal, out, err } = record({ quiet: true });
    terminal.ok('ok: x');
    terminal.note('n');
    terminal.warn('w');
    terminal.answer('a');
    terminal.raw('r');
    terminal.diagnostic('d');
    assert.deepEqual([out.text, err.text], ['a\nr', 'd\n']);
  });
});

describe('printTable', () => {
  it('pads columns and shrinks only the last one, only on a terminal', () => {
    const table = {
      header: ['actions'],
      rows: [
        ['/_/a', 'private', 'nodejs:20 and more words'],
        ['/_/longer', 'shared', 'x'],
      ],
    };
    const piped = record();
    printTable(table, piped.terminal);
    assert.equal(piped.out.text, 'actions\n/_/a      private nodejs:20 and more words\n/_/longer shared  x\n');
    const narrow = record({ tty: true });
    printTable(table, narrow.terminal);
    assert.equal(narrow.out.text, 'actions\n/_/a      private nodejs:20 and more wo…\n/_/longer shared  x\n');
  });

  it('counts wide and combining characters and keeps a row on one line', () => {
    const { terminal, out } = record();
    printTable(
      {
        header: ['a', 'b'],
        rows: [
          ['日本', 'x'],
          ['e\u0301', 'y\nz'],
        ],
      },
      terminal,
    );
    assert.equal(out.text, 'a    b\n日本 x\ne\u0301    y\\nz\n');
  });
});

describe('Redactor', () => {
  const key = '23bc46b1-71f6-4ed5:123zO3xZCLrMN6v2BKK1d';

  it('hides secrets by name in JSON, pairs, assignments and headers', () => {
    const redactor = new Redactor();
    const table: readonly (readonly [string, string])[] = [
      ['{"password":"x\\"y","a":1}', '{"password":"****","a":1}'],
      ['{"apiToken": {"a":[1]}, "b":2}', '{"apiToken": "****", "b":2}'],
      ['{"key":"db_password","value":{"a":"b"}}', '{"key":"db_password","value":"****"}'],
      ['{"key":"name","value":"Bob"}', '{"key":"name","value":"Bob"}'],
      ['{"require-whisk-auth":123}', '{"require-whisk-auth":"****"}'],
      ['authorization: Basic abc', 'authorization: ****'],
      ['Authorization=Bearer x.y', 'Authorization=****'],
      ['https://h/?token=abc&a=1', 'https://h/?token=****&a=1'],
      ['rt x -p secret 42 -p a 1', 'rt x -p secret **** -p a 1'],
      ['http://user:pw@proxy:1', 'http://****@proxy:1'],
    ];
    for (const [text, expected] of table) assert.equal(redactor.redact(text), expected);
  });

  it('never lets the configured key through, in any of its forms', () => {
    const redactor = new Redactor();
    redactor.hide(key);
    const forms = [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)];
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...forms), (before, after, form) => {
        for (const text of [redactor.redact(before + form + after), redactor.redactKnown(before + form + after)]) {
          for (const other of [...forms, '123zO3xZCLrMN6v2BKK1d']) assert.ok(!text.includes(other));
        }
      }),
    );
  });
});
