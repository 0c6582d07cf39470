import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchTable } from './bench-table.js';
import { withFigures, withSection } from './figures-section.js';
import { confirmBroken, failedRows } from './gate-check.js';
import { machineInWords } from './machine.js';
import { Noise } from './noise.js';
import { isFigure, verdict, type Result } from './row.js';
import { peersPage } from './peers/peers-page.js';
import { profilePage } from './profile/profile-page.js';
import { measure, type Run, unknownRows } from './selection.js';
import { soakPage } from './soak.js';
import { suites } from './suites.js';

/* npm run bench -- [ROW...] [options]: docs/performance.md says what they mean. */

const { values: flags, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    within: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'string' },
    records: { type: 'string', default: '1000000' },
    activations: { type: 'string', default: '100000' },
    profile: { type: 'string' },
    peers: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
  },
});

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name}: ${text} is no number above 0`);
  return value;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const noise = new Noise();
const begin = performance.now();
const within = flags.within === undefined ? Infinity : positive('within', flags.within) * 1000;

const run: Run = {
  sizes: {
    records: positive('records', flags.records),
    activations: positive('activations', flags.activations),
  },
  onRound: noise.sample,
  hasTime: () => performance.now() - begin < within,
  onSuite: (ids) => {
    process.stderr.write(`measuring ${ids.join(' ')}\n`);
  },
};

async function writeJson(path: string, results: readonly Result[]): Promise<void> {
  const rows = results.map((result) => ({
    ...result.row,
    verdict: verdict(result),
    ...(isFigure(result) ? { now: result.value, detail: result.detail } : { reason: result.reason }),
  }));
  const document = { machine: machineInWords(), noise: noise.line(), spread: noise.spread, rows };
  await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
}

async function writePage(path: string, results: readonly Result[]): Promise<void> {
  const page = await readFile(path, 'utf8');
  await writeFile(path, withFigures(page, { results, noise: noise.line(), machine: machineInWords() }));
}

async function printed(page: Promise<string>): Promise<number> {
  console.log(`${await page}\n\n${noise.line()}\nmachine: ${machineInWords()}`);
  return 0;
}

async function profile(id: string): Promise<number> {
  const page = profilePage(root, id);
  const status = await printed(page.then(({ text }) => text));
  const { steps } = await page;
  if (flags.write === undefined) return status;
  if (steps === undefined) throw new Error(`${id} has no steps to write; rows of warm requests have`);
  const written = withSection(await readFile(flags.write, 'utf8'), `steps ${id}`, `<!-- prettier-ignore -->\n${steps}`);
  await writeFile(flags.write, written);
  return status;
}

/** Gates that count: in a short run only those that noise hardly moves. */
async function checkGates(results: readonly Result[]): Promise<number> {
  const counted = results.filter(({ row }) => !flags.short || row.steady === true);
  const broken = await confirmBroken(failedRows(counted), {
    again: (ids) => measure(suites, { asked: ids, short: flags.short }, { ...run, hasTime: () => true }),
    onRerun: (rerun, again) => {
      console.log(`\nmeasurement ${String(rerun)} of what broke its gate\n${benchTable(again)}`);
    },
  });
  console.log(broken.length > 0 ? `gates broken: ${broken.join(', ')}` : 'gates hold');
  return broken.length > 0 ? 1 : 0;
}

async function bench(): Promise<number> {
  if (flags.peers) return await printed(peersPage({ short: flags.short, onRound: noise.sample }));
  if (flags.soak) return await printed(soakPage(run.sizes.activations));
  if (flags.profile !== undefined) return await profile(flags.profile);
  const unknown = unknownRows(asked, suites);
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
  const results = await measure(suites, { asked, short: flags.short }, run);
  console.log(`${benchTable(results)}\n${noise.line()}\nmachine: ${machineInWords()}`);
  if (flags.json !== undefined) await writeJson(flags.json, results);
  if (flags.write !== undefined) await writePage(flags.write, results);
  return flags.check ? await checkGates(results) : 0;
}

try {
  process.exitCode = await bench();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
