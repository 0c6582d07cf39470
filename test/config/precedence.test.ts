import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingKey } from '../../src/lib/config/setting.js';
import { ConfiguredHome } from '../helpers/configured-home.js';

let of: ConfiguredHome;

beforeEach(() => {
  of = new ConfiguredHome();
});

afterEach(() => {
  of.dispose();
});

/** The rows of C-15, the strongest first: what sets a key there, and the source that is told. */
interface PrecedenceRow {
  readonly row: string;
  readonly set: (key: SettingKey, value: string) => unknown;
  readonly source: (key: SettingKey) => string;
}

const rows: readonly PrecedenceRow[] = [
  {
    row: '1 flag',
    set: (key, value) => {
      of.flags[key] = value;
    },
    source: (key) => `--${key}`,
  },
  {
    row: '2 RT_*',
    set: (key, value) => {
      of.env[`RT_${key.toUpperCase()}`] = value;
    },
    source: (key) => `RT_${key.toUpperCase()}`,
  },
  {
    row: '3 WHISK_*',
    set: (key, value) => {
      of.env[`WHISK_${key.toUpperCase()}`] = value;
    },
    source: (key) => `WHISK_${key.toUpperCase()}`,
  },
  {
    row: '4 __OW_*',
    set: (key, value) => {
      of.env[{ apihost: '__OW_API_HOST', auth: '__OW_API_KEY' }[key as 'auth']] = value;
    },
    source: (key) => ({ apihost: '__OW_API_HOST', auth: '__OW_API_KEY' })[key as 'auth'],
  },
  {
    row: '5 AIO_RUNTIME_*',
    set: (key, value) => {
      of.env[`AIO_RUNTIME_${key.toUpperCase()}`] = value;
    },
    source: (key) => `AIO_RUNTIME_${key.toUpperCase()}`,
  },
  {
    row: '6 .env.MODE',
    set: (key, value) => {
      of.inWork('.env.prod', `WHISK_${key.toUpperCase()}=${value}\n`);
    },
    source: (key) => `WHISK_${key.toUpperCase()} in ${join(of.cwd, '.env.prod')}`,
  },
  {
    row: '6 .env',
    set: (key, value) => {
      of.inWork('.env', `WHISK_${key.toUpperCase()}=${value}\n`);
    },
    source: (key) => `WHISK_${key.toUpperCase()} in ${join(of.cwd, '.env')}`,
  },
  {
    row: '7 .rt.json',
    set: (key, value) => {
      of.inWork('.rt.json', JSON.stringify({ [key]: value }));
    },
    source: () => join(of.cwd, '.rt.json'),
  },
  {
    row: '7 .aio',
    set: (key, value) => {
      of.inWork('.aio', `{\n  runtime: {\n    ${key}: ${value}\n  }\n}\n`);
    },
    source: () => '~/work/.aio',
  },
  {
    row: '8 context',
    set: async (key, value) => {
      await of.store('ci', { [key]: value }, true);
    },
    source: () => 'context ci',
  },
  {
    row: '9 .wskprops',
    set: (key, value) => {
      of.write(of.inHome('.wskprops'), `${key.toUpperCase()}=${value}\n`);
    },
    source: () => '~/.wskprops',
  },
  {
    row: '10 aio, global',
    set: (key, value) => {
      of.write(of.inHome('.config', 'aio'), `runtime:\n  ${key}: ${value}\n`);
    },
    source: () => '~/.config/aio',
  },
];

describe('C-15 precedence', () => {
  for (const key of ['apihost', 'auth'] as const) {
    rows.forEach((strongest, at) => {
      it(`takes ${key} from ${strongest.row} before every row below it`, async () => {
        for (const row of rows.slice(at)) await row.set(key, `value-of-${row.row.replace(/\W/g, '-')}`);
        const { values } = await of.settings({ mode: 'prod' });
        const found = values.get(key);
        assert.equal(found?.value, `value-of-${strongest.row.replace(/\W/g, '-')}`);
        assert.equal(found.source, strongest.source(key));
      });
    });
  }

  it('has v1 as API version and the local platform at the end', async () => {
    const found = await of.target();
    assert.deepEqual([found.local, found.apiversion.value, found.apiversion.source], [true, 'v1', 'default']);
  });

  it('reads no .env.MODE without --mode, and OPS_APIHOST from .env only', async () => {
    of.inWork('.env.prod', 'WHISK_AUTH=a\n');
    of.inWork('.env', 'OPS_APIHOST=ops.example\nOTHER=1\n');
    of.env.OPS_APIHOST = 'not.example';
    const { values } = await of.settings();
    assert.deepEqual([values.get('auth'), values.get('apihost')?.value], [undefined, 'ops.example']);
    assert.equal(process.env.OTHER, undefined);
  });

  it('takes folders and missing files of these names as nothing', async () => {
    for (const name of ['.env', '.aio', '.rt.json']) mkdirSync(join(of.cwd, name));
    assert.equal((await of.target()).local, true);
  });
});
