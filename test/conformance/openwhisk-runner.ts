import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConformanceCase, Expectation, Step, StepAnswer } from './conformance-case.js';
import { parsed, problemOf } from './expectations.js';
import { substitute, valueAt, type Variables } from './placeholders.js';

/** The server under test, which the test run itself has started. */
export interface Target {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly namespace: string;
  /** `uuid:key`. */
  readonly auth: string;
  /** A second namespace, where there is one: capability `auth2`. */
  readonly second?: { readonly namespace: string; readonly auth: string };
  /** Capabilities besides `auth2`. */
  readonly capabilities: readonly string[];
  /** Areas and collections that the server claims to implement; cases that need others are skipped with the reason. */
  readonly areas: readonly string[];
  readonly collections: readonly string[];
}

/** How a case ended. */
export interface Outcome {
  readonly id: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  /** Why it failed, with the step, or why it was skipped. */
  readonly reason?: string;
}

/** What the platform implements by now. Areas and collections join with their api files. */
export const implemented = {
  areas: [
    'server',
    'auth',
    'limits',
    'names',
    'actions',
    'list',
    'invoke',
    'activations',
    'packages',
    'triggers',
    'rules',
    'sequences',
    'conductors',
    'web',
    'gateway',
  ],
  collections: ['actions', 'activations', 'limits', 'packages', 'triggers', 'rules'],
} as const;

/** Reads the cases that lie beside this file. */
export async function loadCases(): Promise<ConformanceCase[]> {
  return JSON.parse(await readFile(new URL('openwhisk-api.json', import.meta.url), 'utf8')) as ConformanceCase[];
}

/** Runs conformance cases, one after another, against one server. */
export class OpenWhiskRunner {
  constructor(private readonly target: Target) {}

  /** Makes sure that the answering process is the one that was started: nobody else knows its key. Throws otherwise. */
  async checkIdentity(): Promise<void> {
    const variables = this.variables();
    const answer = await this.send({ method: 'GET', path: '/namespaces' }, variables);
    if (answer.status !== 200 || answer.body.toString('utf8') !== JSON.stringify([this.target.namespace])) {
      throw new Error(`the server at ${this.target.origin} is not the one that was started for this run`);
    }
  }

  /** Why a case cannot be run here; undefined when it can. */
  reasonToSkip(testCase: ConformanceCase): string | undefined {
    const { areas, capabilities, collections, second } = this.target;
    if (!areas.includes(testCase.area)) return `area ${testCase.area} is not implemented yet`;
    const present = second === undefined ? capabilities : [...capabilities, 'auth2'];
    const missing = testCase.requires?.find((capability) => !present.includes(capability));
    if (missing !== undefined) return `needs ${missing}`;
    const used = testCase.steps.map(({ path }) => /^\/namespaces\/[^/]+\/([a-z]+)/.exec(path)?.[1]);
    const unserved = used.find((collection) => collection !== undefined && !collections.includes(collection));
    return unserved === undefined ? undefined : `needs the collection ${unserved}`;
  }

  async run(testCase: ConformanceCase): Promise<Outcome> {
    const { id } = testCase;
    const skipped = this.reasonToSkip(testCase);
    if (skipped !== undefined) return { id, verdict: 'skipped', reason: skipped };
    const variables = this.variables();
    try {
      for (const [at, step] of testCase.steps.entries()) {
        const problem = await this.runStep(step, variables);
        const place = `step ${String(at + 1)} (${step.method} ${step.path.slice(0, 100)})`;
        if (problem !== undefined) return { id, verdict: 'failed', reason: `${place}: ${problem}` };
      }
      return { id, verdict: 'passed' };
    } catch (error) {
      return { id, verdict: 'failed', reason: String(error) };
    } finally {
      await this.cleanUp(testCase, variables);
    }
  }

  /** Sends one step, again and again where it polls; captures from the last answer. */
  private async runStep(step: Step, variables: Map<string, unknown>): Promise<string | undefined> {
    if (step.delayMs !== undefined) await pause(step.delayMs);
    const deadline = performance.now() + (step.poll?.maxMs ?? 0);
    for (;;) {
      const answer = await this.send(step, variables);
      const expected = substitute(step.expect ?? {}, variables) as Expectation;
      const problem = problemOf(answer, expected);
      if (problem === undefined) {
        capture(step, answer, variables);
        return undefined;
      }
      if (step.poll === undefined || performance.now() >= deadline) return problem;
      await pause(step.poll.intervalMs);
    }
  }

  /** Answers are ignored, also those that cannot be had because a captured value is missing. */
  private async cleanUp(testCase: ConformanceCase, variables: Variables): Promise<void> {
    for (const step of testCase.cleanup ?? []) await this.send(step, variables).catch(() => undefined);
  }

  private variables(): Map<string, unknown> {
    const { namespace, second, auth, origin } = this.target;
    return new Map<string, unknown>([
      ['ns', namespace],
      ['ns2', second?.namespace ?? ''],
      ['auth', auth],
      ['authUuid', auth.split(':')[0]],
      ['apihost', origin],
      ['unique', randomBytes(6).toString('hex')],
      ['testStart', Date.now() - 1],
    ]);
  }

  private async send(step: Step, variables: Variables): Promise<StepAnswer> {
    const { method, path, root, query, headers, auth, ...rest } = substitute(step, variables) as Step;
    const search = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const url = `${root === true ? '' : '/api/v1'}${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
    const { body, type } = bodyOf(rest);
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${this.target.origin}${url}`, { method });
      for (const [name, value] of Object.entries(headers ?? {})) request.setHeader(name, value);
      const authorization = this.authorization(auth ?? 'default');
      if (authorization !== undefined) request.setHeader('Authorization', authorization);
      if (type !== undefined) request.setHeader('Content-Type', type);
      if (body !== undefined) request.setHeader('Content-Length', body.length);
      request.on('error', reject);
      request.on('response', (response) => {
        buffer(response).then((received) => {
          const duration = performance.now() - started;
          const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
          const headersReceived = Object.fromEntries(flat) as Record<string, string>;
          resolve({ status: response.statusCode ?? 0, headers: headersReceived, body: received, duration });
        }, reject);
      });
      request.end(body);
    });
  }

  private authorization(auth: string): string | undefined {
    if (auth === 'none') return undefined;
    const credentials = new Map([
      ['default', this.target.auth],
      ['alt', this.target.second?.auth ?? ''],
      ['invalid', `00000000-0000-0000-0000-000000000000:${'x'.repeat(64)}`],
    ]);
    return `Basic ${Buffer.from(credentials.get(auth) ?? auth.replace(/^basic:/, '')).toString('base64')}`;
  }
}

function bodyOf({ body, rawBody, bodyBase64, contentType }: Partial<Step>): {
  readonly body: Buffer | undefined;
  readonly type: string | undefined;
} {
  if (body !== undefined) return { body: Buffer.from(JSON.stringify(body)), type: contentType ?? 'application/json' };
  if (rawBody !== undefined) return { body: Buffer.from(rawBody), type: contentType };
  return { body: bodyBase64 === undefined ? undefined : Buffer.from(bodyBase64, 'base64'), type: contentType };
}

function capture(step: Step, answer: StepAnswer, variables: Map<string, unknown>): void {
  for (const [name, path] of Object.entries(step.capture ?? {})) {
    variables.set(name, valueAt(parsed(answer.body), path));
  }
}
