import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One line that a user would type, and what it must print. */
interface Step {
  readonly says: string;
  readonly command: string;
  /** The whole JSON document on stdout, or a pattern that stdout and stderr together must match. */
  readonly prints: RegExp | Readonly<Record<string, unknown>>;
  /** Exit status; 0 when absent. */
  readonly status?: number;
}

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly all: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const STEPS: readonly Step[] = [
  {
    says: 'A Node.js action. The first command starts the platform in the background.',
    command: 'rt action create hello hello.js',
    prints: /ok: created action hello/u,
  },
  { says: '', command: 'rt action invoke hello --result -p name Bob', prints: { greeting: 'Hello, Bob!' } },
  { says: 'A Python action.', command: 'rt action create greet hello.py', prints: /ok: created action greet/u },
  { says: '', command: 'rt invoke greet name=Ann', prints: { greeting: 'Hello, Ann!' } },
  { says: '', command: 'rt activation logs --last --strip', prints: /^greeting Ann$/mu },
  {
    says: 'A folder with a dependency.',
    command: 'rt action create shout ./shout',
    prints: /ok: created action shout/u,
  },
  { says: '', command: 'rt invoke shout text=quiet', prints: { text: 'QUIET!' } },
  { says: 'The same as a zip archive.', command: 'rt action get shout --save-as shout.zip', prints: /shout\.zip/u },
  {
    says: '',
    command: 'rt action create loud shout.zip --kind nodejs:default',
    prints: /ok: created action loud/u,
  },
  { says: '', command: 'rt invoke loud text=again', prints: { text: 'AGAIN!' } },
  {
    says: 'An action that fails: the exit status is 246.',
    command: 'rt invoke shout',
    prints: /no text/u,
    status: 246,
  },
  { says: 'What ran.', command: 'rt activation list', prints: /developer error[^]*success/u },
  { says: '', command: 'rt action list', prints: /\/guest\/loud[^]*\/guest\/hello/u },
  { says: 'The end.', command: 'rt platform stop', prints: /ok: /u },
];

/** Runs one line with the packed program; streams are kept apart and together. */
async function run(words: readonly string[], cwd: string, env: Record<string, string>): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/run.cjs'), ...words], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, stdout, all }));
    });
  } finally {
    clearTimeout(limit);
  }
}

/** What is wrong with an outcome, or undefined. */
function complaint({ prints, status = 0 }: Step, outcome: Outcome): string | undefined {
  if (outcome.status !== status) return `exit status ${String(outcome.status)} instead of ${String(status)}`;
  const all = withoutColours(outcome.all);
  if (prints instanceof RegExp) return prints.test(all) ? undefined : `the output does not match ${String(prints)}`;
  return isSameJson(withoutColours(outcome.stdout), prints) ? undefined : `stdout is not ${JSON.stringify(prints)}`;
}

function withoutColours(text: string): string {
  return text.replaceAll(/\u001B\[[\d;]*m/gu, '');
}

function isSameJson(text: string, expected: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(expected);
  } catch {
    return false;
  }
}

/** The demonstration: gives the number of steps that went wrong; an interrupted one is over. */
async function demonstrate(work: string, env: Record<string, string>): Promise<number> {
  let wrong = 0;
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  for (const step of STEPS) {
    if (interruption.signal.aborted) return wrong + 1;
    if (step.says !== '') console.log(`\n# ${step.says}`);
    console.log(`$ ${step.command}`);
    const outcome = await run(step.command.split(' ').slice(1), work, env);
    process.stdout.write(outcome.all);
    const problem = complaint(step, outcome);
    if (problem !== undefined) {
      wrong += 1;
      console.error(`WRONG: ${problem}`);
    }
  }
  return wrong;
}

async function main(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'rt-demo-'));
  const work = join(home, 'work');
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    RT_HOME: join(home, 'rt'),
    RT_PLATFORM_PORT: '0',
    ...colours,
  };
  try {
    await mkdir(work);
    await cp(join(ROOT, 'test/fixtures/samples'), work, { recursive: true });
    return await demonstrate(work, env);
  } finally {
    await run(['platform', 'stop', '--force'], work, env);
    await rm(home, { recursive: true, force: true });
  }
}

const wrong = await main();
console.log(
  wrong === 0
    ? `\n${String(STEPS.length)} of ${String(STEPS.length)} steps as expected`
    : `\n${String(wrong)} steps went wrong`,
);
process.exitCode = wrong === 0 ? 0 : 1;
