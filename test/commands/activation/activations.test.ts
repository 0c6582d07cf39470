import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const id = '0123456789abcdef0123456789abcdef';
const other = 'fedcba9876543210fedcba9876543210';
const root = '/api/v1/namespaces/_/activations';
const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };

interface Summary {
  readonly activationId: string;
  readonly annotations: readonly { readonly key: string; readonly value: unknown }[];
  readonly [member: string]: unknown;
}

function summary(changes: object = {}, annotations: Readonly<Record<string, unknown>> = {}): Summary {
  const all = { path: 'guest/p/hello', kind: 'nodejs:20', ...annotations };
  return {
    namespace: 'guest',
    name: 'hello',
    version: '0.0.1',
    activationId: id,
    start: 1700000000000,
    duration: 42,
    statusCode: 0,
    annotations: Object.entries(all).map(([key, value]) => ({ key, value })),
    ...changes,
  };
}

const trigger = { namespace: 'guest', name: 't', version: '0.0.1', activationId: other, start: 1, annotations: [] };

const record = {
  ...summary(),
  logs: ['2024-01-01T00:00:00.000000000Z stdout: hello', '2024-01-01T00:00:00.1Z         stderr: oh: no'],
  response: { status: 'application error', success: false, result: { error: 'x' } },
};

describe('rt activation', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  it('C-46 hints on a terminal how to make the first activation, or that none fits', async () => {
    rt.host.expect(`GET ${root}?limit=30&skip=0`, { body: [] });
    const none = await rt.run('activation list --no-color', { columns: 80 });
    assert.equal(none.stderr, 'hint: no activations yet; invoke an action with rt action invoke NAME\n');
    rt.host.expect(`GET ${root}?name=hello&limit=30&skip=0`, { body: [] });
    const other = await rt.run('activation list hello --no-color', { columns: 80 });
    assert.equal(other.stderr, 'hint: no activation fits; rt activation list shows all\n');
  });

  async function rowsOf(body: readonly object[], words = ''): Promise<string[]> {
    rt.host.expect(`GET ${root}?limit=30&skip=0`, { body });
    const { stdout, status, stderr } = await rt.run(`activation list${words}`);
    assert.equal(status, 0, stderr);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
  }

  describe('list', () => {
    it('shows start, duration, status and entity of every kind of activation', async () => {
      const rows = await rowsOf([
        summary({}, { initTime: 25 }),
        summary({ duration: 2123, statusCode: 1 }),
        summary({ statusCode: 2 }),
        summary({ statusCode: 2 }, { timeout: true }),
        summary({ statusCode: 3 }, { kind: 'sequence' }),
        trigger,
      ]);
      assert.equal(rows[0], 'Datetime Activation ID Kind Start Duration Status Entity');
      assert.deepEqual(
        rows.slice(1).map((row) => row.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, '')),
        [
          `${id} nodejs:20 cold 42ms success guest/p/hello:0.0.1`,
          `${id} nodejs:20 warm 2.123s application error guest/p/hello:0.0.1`,
          `${id} nodejs:20 warm 42ms developer error guest/p/hello:0.0.1`,
          `${id} nodejs:20 warm 42ms timeout guest/p/hello:0.0.1`,
          `${id} sequence -- 42ms internal error guest/p/hello:0.0.1`,
          `${other} unknown -- -- success guest/t:0.0.1`,
        ],
      );
    });

    it('C-48: shows times as local time, and leaves the milliseconds of JSON alone', async () => {
      const zone = process.env.TZ;
      try {
        for (const [name, shown] of [
          ['Asia/Kathmandu', '2023-11-15 03:58:20'],
          ['America/New_York', '2023-11-14 17:13:20'],
        ] as const) {
          process.env.TZ = name;
          const [, row = ''] = await rowsOf([summary()]);
          assert.ok(row.startsWith(`${shown} ${id}`), row);
          rt.host.expect(`GET ${root}?limit=30&skip=0`, { body: [summary()] });
          assert.match((await rt.run('activation list --json')).stdout, /"start":1700000000000,/);
        }
      } finally {
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
      }
    });

    it('adds wait, init and cause with --output wide', async () => {
      const rows = await rowsOf([summary({ cause: other }, { waitTime: 13, initTime: 25 })], ' --output wide');
      assert.match(rows[0] ?? '', /Entity Wait Init Cause$/);
      assert.match(rows[1] ?? '', new RegExp(`0\\.0\\.1 13ms 25ms ${other}$`));
    });

    it('restricts by name, time and page on the server', async () => {
      rt.host.expect(`GET ${root}?name=p%2Fhello&since=5&upto=1704067200000&limit=2&skip=1`, { body: [] });
      const line = 'activation list p/hello --since 5 --upto 2024-01-01T00:00:00Z --limit 2 --skip 1';
      assert.equal((await rt.run(line)).status, 0);
    });

    it('filters by status in pages until the limit is filled', async () => {
      const full = Array.from({ length: 200 }, (_, index) => summary({ statusCode: index === 7 ? 1 : 0 }));
      rt.host
        .expect(`GET ${root}?limit=200&skip=0`, { body: full })
        .expect(`GET ${root}?limit=200&skip=200`, { body: [summary({ statusCode: 3 }), summary({ statusCode: 2 })] });
      const { stdout } = await rt.run('activation list --status failed --limit 2 --json');
      assert.deepEqual(
        (JSON.parse(stdout) as Summary[]).map(({ statusCode }) => statusCode),
        [1, 3],
      );
    });

    it('shows whole records one after the other with --full', async () => {
      rt.host.expect(`GET ${root}?limit=30&skip=0&docs=true`, { body: '[{"a":12345678901234567890},{"b":1}]' });
      const { stdout } = await rt.run('activation list --full');
      assert.equal(stdout, 'activations\n{\n    "a": 12345678901234567890\n}\n{\n    "b": 1\n}\n');
    });

    it('C-46 adds codes to the words of --full as wsk does, and leaves --json as the platform gave it', async () => {
      const body = [{ name: 'a', response: { status: 'application error', size: 2, result: {} } }];
      rt.host.expect(`GET ${root}?limit=30&skip=0&docs=true`, { body });
      const { stdout } = await rt.run('activation list --full');
      assert.deepEqual(JSON.parse(stdout.replace('activations', '')), {
        ...{ name: 'a', statusCode: 1 },
        response: { status: 'application error', result: {}, statusCode: 1 },
      });
      rt.host.expect(`GET ${root}?limit=30&skip=0&docs=true`, { body });
      assert.deepEqual(JSON.parse((await rt.run('activation list --full --json')).stdout), body);
    });

    it('counts', async () => {
      rt.host.expect(`GET ${root}?name=hello&count=true`, { body: { activations: 1 } });
      assert.equal(
        (await rt.run('activation list hello --count')).stdout,
        'You have 1 activation in this namespace.\n',
      );
    });

    const refused: readonly [string, string][] = [
      [
        '--since yesterday',
        "Invalid value 'yesterday' for --since: expected epoch milliseconds, an ISO 8601 time, or a time ago such as 5m, 2h or 3d",
      ],
      ['--status broken', "Invalid value 'broken' for --status: expected success, app, dev, internal, timeout, failed"],
      ['hello --action x', "Cannot use --action together with 'hello'"],
    ];
    for (const [words, message] of refused) {
      it(`refuses '${words}'`, async () => {
        const { status, stderr } = await rt.run(`activation list ${words}`);
        assert.equal(stderr.split('\n')[0], `error: ${message}`);
        assert.equal(status, 2);
      });
    }
  });

  describe('get', () => {
    it('shows a record, or a field by its path', async () => {
      rt.host.expect(`GET ${root}/${id}`, { body: record }).expect(`GET ${root}/${id}`, { body: record });
      assert.match((await rt.run(`activation get ${id}`)).stdout, new RegExp(`^ok: got activation ${id}\\n\\{\\n`));
      const { stdout } = await rt.run(`activation get ${id} response.status`);
      assert.equal(stdout, `ok: got activation ${id}, displaying field response.status\n"application error"\n`);
    });

    it('asks again for a record that is not written yet', async () => {
      rt.host.expect(`GET ${root}/${id}`, missing).expect(`GET ${root}/${id}`, { body: record });
      assert.equal((await rt.run(`activation get ${id} -q name`)).stdout, '"hello"\n');
    });

    it('gives up with 148 after the time of --wait', async () => {
      rt.host.expect(`GET ${root}/${id}`, missing);
      const { status, stderr } = await rt.run(`activation get ${id} --wait 0`);
      assert.equal(status, 148);
      const line = `error: Unable to get activation '${id}': The requested resource does not exist. (code tid)`;
      assert.equal(stderr.split('\n')[0], line);
    });

    it('takes the newest activation of an action for --last, whatever triggers did meanwhile', async () => {
      rt.host
        .expect(`GET ${root}?limit=1&skip=0`, { body: [trigger] })
        .expect(`GET ${root}?limit=200&skip=0`, { body: [trigger, summary()] })
        .expect(`GET ${root}/${id}`, { body: record });
      const { stdout } = await rt.run('activation get --last response.result');
      assert.match(stdout, /displaying field response\.result\n\{\n {4}"error": "x"\n\}\n$/);
    });

    it('shows summary, logs and result', async () => {
      const shown: readonly [string, RegExp][] = [
        [
          '--summary',
          /^activation result for '\/guest\/p\/hello' \(application error at .*\)\n\{\n {4}"error": "x"\n\}\n$/,
        ],
        ['--logs', /^hello\noh: no\n$/],
        ['--result', /^\{\n {4}"error": "x"\n\}\n$/],
      ];
      for (const [flag, expected] of shown) {
        rt.host.expect(`GET ${root}/${id}`, { body: record });
        assert.match((await rt.run(`activation get ${id} ${flag}`)).stdout, expected);
      }
    });

    it('reflects the outcome only with --exit-status', async () => {
      rt.host.expect(`GET ${root}/${id}`, { body: record }).expect(`GET ${root}/${id}`, { body: record });
      assert.equal((await rt.run(`activation get ${id}`)).status, 0);
      assert.equal((await rt.run(`activation get ${id} --exit-status`)).status, 246);
    });

    const refused: readonly [string, string][] = [
      ['get', 'Invalid argument(s). An activation ID is required.'],
      [`get --last ${id}`, 'Cannot use --last together with an activation ID'],
      [`get ${id} foo`, "Invalid field filter 'foo'."],
      [`result --last ${id}`, 'Cannot use --last together with an activation ID'],
      ['result', 'Invalid argument(s). An activation ID is required.'],
      [`logs ${id} --last`, 'Cannot use --last together with an activation ID'],
      [`logs --last --limit 3`, 'Cannot use --limit together with --last'],
    ];
    for (const [words, message] of refused) {
      it(`refuses '${words}' before any request`, async () => {
        const { status, stderr } = await rt.run(`activation ${words}`);
        assert.equal(stderr.split('\n')[0], `error: ${message}`);
        assert.equal(status, 2);
        assert.deepEqual(rt.host.requests, []);
      });
    }

    it('says that there are no activations', async () => {
      rt.host.expect(`GET ${root}?limit=1&skip=0`, { body: [] });
      const { status, stderr } = await rt.run('activation result --last');
      assert.deepEqual([status, stderr], [2, 'error: Activation list does not contain any activations.\n']);
    });
  });

  describe('result', () => {
    it('prints the result, and its outcome with --exit-status', async () => {
      const body = '{"result":{"b":12345678901234567890,"a":1},"success":false,"status":"application error"}';
      rt.host.expect(`GET ${root}/${id}/result`, { body });
      assert.deepEqual(await rt.run(`result ${id} --exit-status`), {
        status: 246,
        stdout: '{\n    "b": 12345678901234567890,\n    "a": 1\n}\n',
        stderr: '',
      });
    });
  });

  describe('logs', () => {
    const logs = { body: { logs: record.logs } };

    it('prints lines as they are, or stripped', async () => {
      rt.host.expect(`GET ${root}/${id}/logs`, logs).expect(`GET ${root}/${id}/logs`, logs);
      assert.equal((await rt.run(`activation logs ${id}`)).stdout, `${record.logs.join('\n')}\n`);
      assert.equal((await rt.run(`logs ${id} --strip`)).stdout, 'hello\noh: no\n');
    });

    it('splits lines with --json', async () => {
      rt.host.expect(`GET ${root}/${id}/logs`, logs);
      assert.deepEqual(JSON.parse((await rt.run(`activation logs ${id} --json`)).stdout), {
        activationId: id,
        logs: [
          { time: '2024-01-01T00:00:00.000000000Z', stream: 'stdout', message: 'hello' },
          { time: '2024-01-01T00:00:00.1Z', stream: 'stderr', message: 'oh: no' },
        ],
      });
    });

    it('shows the latest under a title on stderr without an id, and without a title for --last', async () => {
      rt.host.expect(`GET ${root}?limit=1&skip=0`, { body: [summary()] }).expect(`GET ${root}/${id}/logs`, logs);
      const { stdout, stderr } = await rt.run('activation logs -r');
      assert.equal(stderr, `=== activation logs ${id} hello\n`);
      assert.equal(stdout, 'hello\noh: no\n');
      rt.host.expect(`GET ${root}?limit=1&skip=0`, { body: [summary()] }).expect(`GET ${root}/${id}/logs`, logs);
      assert.equal((await rt.run('activation logs --last')).stderr, '');
    });

    it('shows several of one action, oldest first', async () => {
      rt.host
        .expect(`GET ${root}?name=p%2Fhello&limit=2&skip=0`, { body: [summary(), summary({ activationId: other })] })
        .expect(`GET ${root}/${other}/logs`, { body: { logs: ['old'] } })
        .expect(`GET ${root}/${id}/logs`, { body: { logs: ['new'] } });
      assert.equal((await rt.run('activation logs --action p/hello --limit 2')).stdout, 'old\nnew\n');
    });
  });
});
