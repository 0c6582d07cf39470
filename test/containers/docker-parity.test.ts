import assert from 'node:assert/strict';
import type { ContainerFactory } from '../../src/lib/containers/container-factory.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import type { JsonObject } from '../../src/lib/entity/json.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { ActivationMessage } from '../../src/lib/invoker/activation-message.js';
import { PoolInvoker } from '../../src/lib/invoker/pool-invoker.js';
import { type ActionCase, caseCode, expand, loadSuites } from '../conformance/actions/cases.js';
import {
  kindImages,
  removeTestImages,
  skipNote,
  testEngine,
  TestDockerDriver,
  testManifest,
} from '../helpers/docker-driver.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';
import { TestDriver } from '../helpers/process-driver.js';
import { RecordingLog } from '../helpers/recording-log.js';

const suites = await loadSuites();

(testEngine === undefined ? describe.skip : describe)(`records of both drivers${skipNote}`, function () {
  this.timeout(120_000);
  let docker: TestDockerDriver;
  let processes: TestDriver;
  let invokers: PoolInvoker[];

  before(async () => {
    docker = await TestDockerDriver.start();
    processes = await TestDriver.start();
    invokers = [processes.factory, docker.factory].map(invokerOver);
  });

  after(async () => {
    await Promise.all(invokers.map((invoker) => invoker.drain(0)));
    await Promise.all([docker.remove(), processes.remove()]);
    await removeTestImages();
  });

  for (const { name, cases, folder } of suites) {
    const kind = Object.keys(kindImages).find((candidate) => candidate.startsWith(`${name}:`));
    if (kind === undefined || folder === undefined) continue;
    for (const testCase of cases.filter(isWhole)) {
      it(`are the same: ${testCase.ai.join(' ')} ${name}/${testCase.name}`, async () => {
        const [ofProcess, ofDocker] = await Promise.all(
          invokers.map((invoker) => recordsOf(invoker, { kind, folder, testCase })),
        );
        assert.deepEqual(ofDocker, ofProcess);
        assert.ok((ofDocker ?? []).length > 0);
      });
    }
  }
});

/** Whether a case can be told as activations: it has code, and runs one after the other. */
function isWhole(testCase: ActionCase): boolean {
  const { initRaw, skipInit, steps, containerEnv } = testCase;
  if (initRaw !== undefined || skipInit === true || containerEnv !== undefined) return false;
  const code = testCase.file ?? testCase.zip ?? testCase.base64;
  return (
    code !== undefined &&
    (steps.length === 0 || steps.some(({ run, parallel }) => run !== undefined && parallel === undefined))
  );
}

function invokerOver(factory: ContainerFactory): PoolInvoker {
  const log = new RecordingLog();
  const config = {
    ...{ poolMemory: 1024, pauseGrace: 60_000, idleTime: 600_000, prewarm: [], keepStemCells: false },
    ...{ queueLimit: 1000, queueBytes: 64 * 1024 * 1024 },
  };
  const store = new MemoryActivationStore();
  return new PoolInvoker({
    factory,
    store,
    manifest: testManifest,
    clock: systemClock,
    log,
    apiHost: () => 'http://api.test',
    config,
  });
}

/** What the records of a case say, without what differs from run to run: times, and the places of files. */
async function recordsOf(
  invoker: PoolInvoker,
  { kind, folder, testCase }: { readonly kind: string; readonly folder: string; readonly testCase: ActionCase },
): Promise<unknown[]> {
  const code = await caseCode(folder, testCase);
  const values = testCase.steps.flatMap(({ run }) => (run === undefined ? [] : [run.value]));
  const records: unknown[] = [];
  for (const value of values.length === 0 ? [{}] : values) {
    if (typeof expand(value ?? {}) !== 'object') continue;
    const message = messageOf(kind, testCase, { code, content: (expand(value ?? {}) ?? {}) as JsonObject });
    const { record } = await invoker.activate(message);
    records.push(comparable(JSON.parse(record) as StoredRecord));
  }
  return records;
}

function messageOf(
  kind: string,
  { name, main, env = {} }: ActionCase,
  { code, content }: { code: { code: string; binary: boolean } | undefined; content: JsonObject },
): ActivationMessage {
  const action = {
    ...{ namespace: 'guest', name, version: '0.0.1', publish: false, annotations: [], parameters: [], updated: 0 },
    limits: defaultActionLimits,
    exec: { kind, binary: code?.binary ?? false, ...(main === undefined ? {} : { main }) },
  };
  return {
    activationId: '0123456789abcdef0123456789abcdef',
    transactionId: 'tid',
    identity: { subject: 'guest', namespace: 'guest', uuid: 'user', key: 'secret' },
    executable: { action, revision: 1, code: () => Promise.resolve(code?.code) },
    content,
    initEnvironment: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
    received: systemClock.now(),
  };
}

interface StoredRecord {
  readonly response: { readonly size?: number };
  readonly logs: readonly string[];
  readonly annotations: readonly { readonly key: string; readonly value: unknown }[];
}

function comparable({ response, logs, annotations }: StoredRecord): unknown {
  const texts = logs.map((line) => withoutPlaces(line.slice(31))).filter((text) => !runnerFrame.test(text));
  const kept = annotations.map(({ key, value }) => ({ key, value: /Time$/.test(key) ? 'a time' : value }));
  const { size, ...answer } = response;
  const told = withoutPlaces(JSON.stringify(answer)).replaceAll(runnerFrameInResult, '');
  return {
    response: JSON.parse(told) as unknown,
    // A text with the place of a file has the length of that place.
    size: told !== JSON.stringify(answer) || /\/(action|rt)\//.test(told) ? 'another' : size,
    // The order between the streams is nobody's promise.
    stdout: texts.filter((text) => text.startsWith('stdout')),
    stderr: texts.filter((text) => text.startsWith('stderr')),
    annotations: kept,
  };
}

/** What lies below the action on the stack: the runner, and how the request came to it. */
const runnerFrame = /^stderr: +at .*(\/rt\/|node:)/;

/** The same in a stack that is part of the result's JSON text. */
const runnerFrameInResult = /\\n +at (?:(?!\\n)[^"])*(?:\/rt\/|node:)(?:(?!\\n)[^"])*/g;

/** Boxes and launchers lie elsewhere in a container; a deadline is a time. */
function withoutPlaces(text: string): string {
  return text
    .replaceAll(/\/[^\s"'()]*\/boxes\/[^/\s"'()]+/g, '/action')
    .replaceAll(/\/[^\s"'()]*\/(nodejs(?:-\w+)?\.cjs|python\.py)/g, '/rt/$1')
    .replaceAll(/(deadline\\?":\\?"?)\d+/gi, '$10');
}
