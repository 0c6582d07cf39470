import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchTable } from './bench-table.js';
import { firstInvokeSuite } from './first-invoke-suite.js';
import { Noise } from './noise.js';
import { verdict, type Figure, type Suite } from './row.js';
import { startUpSuite } from './start-up-suite.js';
import { warmSuite } from './warm-suite.js';

/*
 * npm run bench -- [ROW...] [--short] [--check] [--json FILE]
 * Measures the rows of performance.md §2 against floors and peers that run beside them. `--check` fails when a gate is broken in two
 * of three measurements.
 */

const SUITES: readonly Suite[] = [startUpSuite, firstInvokeSuite, warmSuite];

interface Options {
  readonly short: boolean;
  readonly noise: Noise;
}

/** Measures the rows with these ids; all when there are none. */
async function measure(ids: readonly string[], { short, noise }: Options): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const suite of SUITES) {
    const wanted = new Set(
      suite.rows.map(({ id }) => id).filter((id) => ids.length === 0 || ids.some((asked) => isPartOf(id, asked))),
    );
    if (wanted.size > 0) figures.push(...(await suite.measure({ wanted, short, onRound: noise.sample })));
  }
  return figures;
}

/** `P-23` asks for P-23 and P-23b. */
function isPartOf(id: string, asked: string): boolean {
  return id === asked || (id.startsWith(asked) && /^[a-z]$/u.test(id.slice(asked.length)));
}

function failed(figures: readonly Figure[]): string[] {
  return figures.filter((figure) => verdict(figure) === 'FAILED').map(({ row }) => row.id);
}

/** Measures rows that broke their gate twice more, and gives those that broke it in at least two of three. */
async function confirmed(broken: readonly string[], options: Options): Promise<string[]> {
  const times = new Map(broken.map((id) => [id, 1]));
  for (let rerun = 2; rerun <= 3 && broken.length > 0; rerun += 1) {
    const figures = await measure(broken, options);
    console.log(`\nrerun ${String(rerun)} of what broke its gate\n${benchTable(figures)}`);
    for (const id of failed(figures)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count >= 2).map(([id]) => id);
}

async function writeJson(path: string, figures: readonly Figure[], noise: Noise): Promise<void> {
  const rows = figures.map((figure) => ({
    ...figure.row,
    now: figure.value,
    verdict: verdict(figure),
    detail: figure.detail,
  }));
  await writeFile(path, `${JSON.stringify({ noise: noise.line(), spread: noise.spread, rows }, null, 2)}\n`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { short: { type: 'boolean' }, check: { type: 'boolean' }, json: { type: 'string' } },
  });
  const unknown = positionals.filter((asked) => !SUITES.some(({ rows }) => rows.some(({ id }) => isPartOf(id, asked))));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
  const options = { short: values.short === true, noise: new Noise() };
  const figures = await measure(positionals, options);
  console.log(`${benchTable(figures)}\n${options.noise.line()}`);
  if (values.json !== undefined) await writeJson(values.json, figures, options.noise);
  if (values.check !== true) return 0;
  const broken = await confirmed(failed(figures), options);
  if (broken.length > 0) console.log(`gates broken: ${broken.join(', ')}`);
  return broken.length > 0 ? 1 : 0;
}

process.exitCode = await main();
