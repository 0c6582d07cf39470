import assert from 'node:assert/strict';
import type { Container } from '../../src/lib/containers/container.js';
import { logSentinel } from '../../src/lib/containers/log-framing.js';
import {
  type ActionCase,
  type Answer,
  assertExpectation,
  assertOneOf,
  assertStreams,
  type CaseStep,
  containerEnvironment,
  initBody,
  runBody,
} from '../conformance/actions/cases.js';
import { collect, wideBounds } from '../helpers/process-driver.js';

/** Makes the container of a case. */
export type CreateContainer = (kind: string, environment: Readonly<Record<string, string>>) => Promise<Container>;

/** A case and where it runs. */
export interface CaseRun {
  readonly kind: string;
  /** Folder of the sources. */
  readonly folder: string;
  readonly testCase: ActionCase;
  /** Milliseconds for each request. */
  readonly timeout?: number;
}

/** Runs one conformance case in a container of its own; rejects unless everything is as expected. */
export async function runCase(
  create: CreateContainer,
  { kind, folder, testCase, timeout = wideBounds.timeout }: CaseRun,
): Promise<void> {
  const container = await create(kind, { ...containerEnvironment, ...testCase.containerEnv });
  try {
    if (testCase.skipInit !== true) {
      const answer = await post(container, timeout, {
        route: '/init',
        body: JSON.stringify(await initBody(folder, testCase)),
      });
      assertExpectation(answer, { status: 200, ...testCase.expectInit });
    }
    for (const step of testCase.steps)
      await runStep(container, step, { init: JSON.stringify(await initBody(folder, testCase)), timeout });
    const streams = await collect(container);
    assertStreams(testCase, streams);
    assert.ok(![...streams.stdout, ...streams.stderr].some((line) => line.includes(logSentinel)));
  } finally {
    await container.destroy();
  }
}

async function runStep(
  container: Container,
  step: CaseStep,
  { init, timeout }: { init: string; timeout: number },
): Promise<void> {
  const route = step.raw?.path ?? (step.run === undefined ? '/init' : '/run');
  const body = step.raw?.body ?? (step.run === undefined ? init : JSON.stringify(runBody(step.run)));
  const start = performance.now();
  const answers = await Promise.all(
    Array.from({ length: step.parallel ?? 1 }, () => post(container, timeout, { route, body })),
  );
  const duration = performance.now() - start;
  if (step.expectOneOf !== undefined) assertOneOf(answers, step.expectOneOf);
  for (const answer of answers) if (step.expect !== undefined) assertExpectation(answer, step.expect);
  assert.ok(duration >= (step.minMs ?? 0) - 1, `took ${String(duration)} ms`);
  assert.ok(duration <= (step.maxMs ?? Number.POSITIVE_INFINITY), `took ${String(duration)} ms`);
}

async function post(
  container: Container,
  timeout: number,
  { route, body }: { route: string; body: string },
): Promise<Answer> {
  const outcome = await container.send(route, body, { ...wideBounds, timeout });
  if (outcome.type !== 'answer') throw new Error(`no answer but ${JSON.stringify(outcome)}`);
  return outcome;
}
