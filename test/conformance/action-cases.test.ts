import assert from 'node:assert/strict';
import type { WhiskActivation } from '../../src/lib/entity/activation.js';
import { TestPlatform } from '../helpers/test-platform.js';
import {
  type ActionCase,
  assertExpectation,
  assertStreams,
  caseCode,
  type CaseStep,
  expand,
  type Expectation,
  loadSuites,
} from './actions/cases.js';

const kinds: Readonly<Record<string, string>> = { nodejs: 'nodejs:20', python: 'python:3' };

const suites = await loadSuites();

/**
 * Why a case says nothing at the level of the platform: it sends what no platform sends, or asks for what the platform decides by itself.
 */
function containerOnly({ initRaw, skipInit, containerEnv, steps }: ActionCase): string | undefined {
  if (initRaw !== undefined || skipInit === true) return 'sends an /init of its own, or none';
  if (containerEnv !== undefined) return 'sets variables of the container';
  if (steps.some(({ raw, parallel }) => raw !== undefined || parallel !== undefined))
    return 'sends raw or parallel requests';
  if (steps.some(({ run }) => run?.context !== undefined)) return 'makes up the context of an activation';
  if (steps.some(({ run }) => run !== undefined && !isObject(run.value))) return 'sends arguments that are no object';
  return undefined;
}

describe('conformance actions on the platform', () => {
  let platform: TestPlatform;

  before(async () => {
    platform = await TestPlatform.create();
    await platform.ensure({ ephemeral: true });
  });

  after(async () => {
    await platform.stop({ timeout: 0 });
    await platform.dispose();
  });

  for (const { name, cases, folder } of suites) {
    const kind = kinds[name];
    if (kind === undefined || folder === undefined) {
      it.skip(`${name}: ${String(cases.length)} cases SKIPPED, the process driver has no launcher for this family`);
      continue;
    }
    for (const testCase of cases) {
      const reason = containerOnly(testCase);
      const title = `${testCase.ai.join(' ')} ${name}/${testCase.name}`;
      if (reason !== undefined) it.skip(`${title} (container level only: ${reason})`);
      else it(title, () => runCase(platform, testCase, { kind, folder }));
    }
  }
});

async function runCase(
  platform: TestPlatform,
  testCase: ActionCase,
  { kind, folder }: { kind: string; folder: string },
): Promise<void> {
  const name = `${kind.replace(':', '-')}-${testCase.name}`;
  const { code } = (await caseCode(folder, testCase)) ?? { code: '' };
  const parameters = Object.entries(testCase.env ?? {}).map(([key, value]) => ({ key, value, init: true }));
  const exec = { kind, code, ...(testCase.main === undefined ? {} : { main: testCase.main }) };
  const created = await platform.request('PUT', `actions/${name}`, { exec, parameters });
  assert.equal(created.status, 200, JSON.stringify(created.body));
  const activations: WhiskActivation[] = [];
  for (const expected of expectedActivations(testCase)) {
    const activation = await invoke(platform, name, expected.value);
    activations.push(activation);
    assertActivation(activation, expected.answer);
  }
  const lines = activations.flatMap(({ logs }) => logs);
  assertStreams(testCase, { stdout: textsOf(lines, 'stdout'), stderr: textsOf(lines, 'stderr') });
}

interface Expected {
  readonly value: unknown;
  readonly answer: Expectation;
}

/**
 * What invocations show of a case: its runs up to the first that makes the container unusable, or the failed initialization. The platform
 * starts a new container after such a failure, so later steps of the case would meet another one.
 */
function expectedActivations({ expectInit, steps }: ActionCase): Expected[] {
  if (expectInit !== undefined && expectInit.status !== 200) return [{ value: {}, answer: expectInit }];
  const runs = steps.flatMap(({ run, expect }: CaseStep) =>
    run === undefined || expect === undefined ? [] : [{ value: expand(run.value), answer: expect }],
  );
  const failure = runs.findIndex(({ answer }) => answer.status !== 200);
  return failure < 0 ? runs : runs.slice(0, failure + 1);
}

async function invoke(platform: TestPlatform, name: string, value: unknown): Promise<WhiskActivation> {
  const { body } = await platform.request('POST', `actions/${name}?blocking=true`, value);
  // An array result is the whole answer (openwhisk-api.md §8.3); the record tells the same for all.
  if (!Array.isArray(body)) {
    const { activationId } = body as { activationId: string };
    return (await platform.request('GET', `activations/${activationId}`)).body as WhiskActivation;
  }
  const [newest] = (await platform.request('GET', `activations?limit=1&docs=true&name=${name}`))
    .body as WhiskActivation[];
  assert.ok(newest !== undefined);
  return newest;
}

/** The class and the result of a record, against what the runtime has to answer (action-interface.md §1.6). */
function assertActivation({ response }: WhiskActivation, answer: Expectation): void {
  const failed = answer.status !== 200;
  const withError = isObject(response.result) && 'error' in response.result;
  const word = failed ? 'action developer error' : withError ? 'application error' : 'success';
  assert.equal(response.status, word, JSON.stringify(response));
  const shown =
    withError && isObject(answer.json) && 'error' in answer.json ? { error: answer.json['error'] } : answer.json;
  const expectation = shown === undefined ? answer : { ...answer, json: shown };
  assertExpectation({ status: answer.status, body: JSON.stringify(response.result) }, expectation);
}

/** The texts of one stream, without the closing line that the platform adds after a developer error. */
function textsOf(lines: readonly string[], stream: 'stdout' | 'stderr'): string[] {
  return lines.flatMap((line) => {
    const text = new RegExp(`^\\S+\\s+${stream}: (.*)$`, 's').exec(line)?.[1];
    const added = text === 'The action did not initialize or run as expected. Log data might be missing.';
    return text === undefined || added ? [] : [text];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
