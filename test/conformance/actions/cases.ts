import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZipFile } from 'yazl';

/** What must come back; `status` and one of the others. */
export interface Expectation {
  readonly status: number;
  readonly json?: unknown;
  /** Substring of `body.error`. */
  readonly errorContains?: string;
  /** Path in the body → regular expression. */
  readonly match?: Readonly<Record<string, string>>;
}

/** One request of a case: `run`, a second `init`, or `raw`. */
export interface CaseStep {
  readonly run?: { readonly value?: unknown; readonly context?: Readonly<Record<string, unknown>> };
  readonly init?: Readonly<Record<string, unknown>>;
  readonly raw?: { readonly path: string; readonly body: string };
  /** Send the request that many times at once. */
  readonly parallel?: number;
  readonly expect?: Expectation;
  /** Outcomes of which each must occur exactly once. */
  readonly expectOneOf?: readonly Expectation[];
  readonly minMs?: number;
  readonly maxMs?: number;
}

/** One conformance case; the fields are those of the data's own description. */
export interface ActionCase {
  readonly name: string;
  readonly ai: readonly string[];
  readonly file?: string;
  readonly zip?: string;
  readonly base64?: string;
  readonly main?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly containerEnv?: Readonly<Record<string, string>>;
  readonly initRaw?: unknown;
  readonly skipInit?: boolean;
  readonly expectInit?: Expectation;
  readonly steps: readonly CaseStep[];
  /** All lines of the stream, without empty ones. */
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly stdoutContains?: readonly string[];
  readonly stderrContains?: readonly string[];
}

export interface ActionSuite {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly verifiedWith: string;
  readonly cases: readonly ActionCase[];
  /** Folder of the sources; undefined when they are not part of this project. */
  readonly folder: string | undefined;
}

/** What the environment of the container always has besides a case's `containerEnv`. */
export const containerEnvironment: Readonly<Record<string, string>> = { __OW_API_HOST: 'http://api.test' };

/** What a suite runs on. */
export interface SuiteRuntime {
  readonly kind: string;
  readonly image?: string;
}

/** The kind of a suite, and the image where that decides how the kind behaves. */
export const suiteRuntimes: Readonly<Record<string, SuiteRuntime>> = {
  nodejs: { kind: 'nodejs:20' },
  'nodejs-loop': { kind: 'nodejs:20', image: 'apache/openserverless-runtime-nodejs:v20' },
  python: { kind: 'python:3' },
  php: { kind: 'php:8.2' },
  ruby: { kind: 'ruby:2.6' },
  go: { kind: 'go:1.22' },
  java: { kind: 'java:17' },
  rust: { kind: 'rust:1.34' },
  'bash-loop': { kind: 'blackbox', image: 'openwhisk/actionloop-base' },
  'bash-native': { kind: 'blackbox', image: 'openwhisk/dockerskeleton' },
};

const root = dirname(fileURLToPath(import.meta.url));

/** All suites of `cases.json`. */
export async function loadSuites(): Promise<ActionSuite[]> {
  const document = JSON.parse(await readFile(join(root, 'cases.json'), 'utf8')) as {
    suites: Record<string, Omit<ActionSuite, 'name' | 'folder'> & { directory: string }>;
  };
  return Object.entries(document.suites).map(([name, { directory, ...suite }]) => {
    const folder = join(root, directory);
    return { ...suite, name, folder: existsSync(folder) ? folder : undefined };
  });
}

/** In the process driver the folder of a native action lies in its box, not at the root of the system (AI-257). */
export function inBox(suite: string, testCase: ActionCase): ActionCase {
  if (`${suite}/${testCase.name}` !== 'bash-native/pwd') return testCase;
  return { ...testCase, steps: [{ run: { value: {} }, expect: { status: 200, match: { pwd: '/action$' } } }] };
}

/** The code of a case as it is stored in an action; undefined when the case has none. */
export async function caseCode(
  folder: string,
  { file, zip, base64 }: ActionCase,
): Promise<{ code: string; binary: boolean } | undefined> {
  if (file !== undefined) return { code: await readFile(join(folder, file), 'utf8'), binary: false };
  if (zip !== undefined) return { code: (await zipFolder(join(folder, zip))).toString('base64'), binary: true };
  return base64 === undefined ? undefined : { code: base64, binary: true };
}

/** The body of the case's `/init`. */
export async function initBody(folder: string, testCase: ActionCase): Promise<unknown> {
  if (testCase.initRaw !== undefined) return testCase.initRaw;
  const { name, main = 'main', env = {} } = testCase;
  return { value: { name, main, env, ...(await caseCode(folder, testCase)) } };
}

/** Zips a folder as an action: `_node_modules` at the top is stored as `node_modules`, links and file modes are kept. */
export async function zipFolder(folder: string): Promise<Buffer> {
  const zip = new ZipFile();
  await addFolder(zip, folder, '');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function addFolder(zip: ZipFile, folder: string, prefix: string): Promise<void> {
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const stored = prefix + (prefix === '' && name === '_node_modules' ? 'node_modules' : name);
    const stat = await lstat(path);
    if (stat.isDirectory()) await addFolder(zip, path, `${stored}/`);
    else if (stat.isSymbolicLink()) zip.addBuffer(Buffer.from(await readlink(path)), stored, { mode: stat.mode });
    else zip.addBuffer(await readFile(path), stored, { mode: stat.mode });
  }
}

/** Replaces every `{"$repeat": ["a", n]}` by a string of n letters. */
export function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value && Array.isArray(value.$repeat)) return String(value.$repeat[0]).repeat(Number(value.$repeat[1]));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, expand(member)]));
}

/** The body of a `run` step. */
export function runBody({ value, context = {} }: NonNullable<CaseStep['run']>): unknown {
  return { value: expand(value), ...context };
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Fails unless the answer is as expected. */
export function assertExpectation(answer: Answer, expectation: Expectation): void {
  assert.equal(answer.status, expectation.status, `status, with body ${answer.body.slice(0, 500)}`);
  if (expectation.json === undefined && expectation.errorContains === undefined && expectation.match === undefined) return;
  const body: unknown = JSON.parse(answer.body);
  if (expectation.json !== undefined) assert.deepEqual(body, expand(expectation.json));
  if (expectation.errorContains !== undefined) {
    const error = String(memberAt(body, 'error'));
    assert.ok(error.includes(expectation.errorContains), `${error} contains ${expectation.errorContains}`);
  }
  for (const [path, pattern] of Object.entries(expectation.match ?? {})) {
    assert.match(String(memberAt(body, path)), new RegExp(pattern));
  }
}

/** Fails unless every expectation is met by exactly one answer. */
export function assertOneOf(answers: readonly Answer[], expectations: readonly Expectation[]): void {
  const rest = [...answers];
  for (const expectation of expectations) {
    const found = rest.findIndex((answer) => meets(answer, expectation));
    assert.notEqual(found, -1, `no answer is ${JSON.stringify(expectation)}; they are ${JSON.stringify(answers)}`);
    rest.splice(found, 1);
  }
}

/** Fails unless the texts of the two streams are what the case wants. */
export function assertStreams(testCase: ActionCase, lines: { stdout: readonly string[]; stderr: readonly string[] }): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const wanted = testCase[stream];
    if (wanted !== undefined) assert.deepEqual(lines[stream].filter((line) => line !== ''), wanted);
    const text = lines[stream].join('\n');
    for (const part of testCase[`${stream}Contains`] ?? []) assert.ok(text.includes(part), `${stream} has ${part}: ${text}`);
  }
}

function meets(answer: Answer, expectation: Expectation): boolean {
  try {
    assertExpectation(answer, expectation);
    return true;
  } catch {
    return false;
  }
}

function memberAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), value);
}
