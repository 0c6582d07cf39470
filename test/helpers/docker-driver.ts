import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleImageProxy } from '../../scripts/release/bundle.js';
import type { Container } from '../../src/lib/containers/container.js';
import {
  DockerContainerFactory,
  type DockerDriverOptions,
} from '../../src/lib/containers/docker/docker-container-factory.js';
import { Engine } from '../../src/lib/containers/docker/engine.js';
import { type EngineAddress, engineAddresses } from '../../src/lib/containers/docker/engine-address.js';
import { buildKindImage } from '../../src/lib/containers/docker/kind-image.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { RecordingLog } from './recording-log.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the tests may make containers: `RT_TEST_DOCKER_HOST`, in the form of `DOCKER_HOST`. `.ci/docker.sh` starts such an engine. */
export const testEngine = readTestEngine();

/** Image with node and python3 from which the tests make their own: `RT_TEST_DOCKER_BASE`. */
export const baseImage = process.env.RT_TEST_DOCKER_BASE ?? 'rt-test/base:1';

/** Begins the title of a suite that needs an engine, and says loudly why it is skipped. */
export const skipNote = testEngine === undefined ? ' SKIPPED: RT_TEST_DOCKER_HOST names no container engine' : '';

/** Images of the kinds that the tests use. */
export const kindImages: Readonly<Record<string, string>> = {
  'nodejs:20': `rt-test/nodejs-20:${String(process.pid)}`,
  'python:3': `rt-test/python-3:${String(process.pid)}`,
};

/** The kinds of the tests with their images. */
export const testManifest = RuntimeManifest.parse({
  runtimes: Object.fromEntries(
    Object.entries(kindImages).map(([kind, image]) => {
      const [family = ''] = kind.split(':');
      const [prefix, rest = ''] = image.split('/');
      const [name, tag] = rest.split(':');
      return [family, [{ kind, default: true, image: { prefix, name, tag } }]];
    }),
  ),
  blackboxes: [],
});

function readTestEngine(): EngineAddress | undefined {
  const host = process.env.RT_TEST_DOCKER_HOST;
  if (host === undefined || host === '') return undefined;
  const around = { environment: { DOCKER_HOST: host }, home: '/nowhere', platform: process.platform, user: undefined };
  return engineAddresses(around)[0];
}

/** A client of the engine of the tests. */
export function openTestEngine(): Promise<Engine> {
  if (testEngine === undefined) throw new Error('there is no engine for tests');
  return Engine.open(testEngine);
}

let built: Promise<void> | undefined;

/** Makes the images of the kinds where that has not been done since they were removed. */
export function buildTestImages(): Promise<void> {
  built ??= build();
  return built;
}

async function build(): Promise<void> {
  const engine = await openTestEngine();
  const launchers = await launchersWithProxy();
  try {
    for (const [kind, image] of Object.entries(kindImages)) {
      const [family = ''] = kind.split(':');
      const parts = {
        kind,
        family,
        image,
        base: baseImage,
        launchers,
        modules: [join(root, 'node_modules')],
        temporary: tmpdir(),
      };
      await buildKindImage(engine, parts, () => undefined);
    }
  } finally {
    await rm(launchers, { recursive: true });
  }
}

/** Removes the images again; every suite does it at its end, and the engine's cache makes the next ones soon. */
export async function removeTestImages(): Promise<void> {
  if (built === undefined) return;
  built = undefined;
  const engine = await openTestEngine();
  for (const image of Object.values(kindImages)) await engine.removeImage(image);
}

/** The folder of launchers as the release has it. */
async function launchersWithProxy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rt-launchers-'));
  await cp(join(root, 'src/lib/containers/process/launchers'), folder, { recursive: true });
  await writeFile(join(folder, 'image-proxy.cjs'), (await bundleImageProxy(root)).text);
  return folder;
}

/** A Docker driver of its own; `remove` ends all of it. */
export class TestDockerDriver {
  private constructor(
    readonly options: DockerDriverOptions,
    readonly factory: DockerContainerFactory,
  ) {}

  static async start(overrides: Partial<DockerDriverOptions> = {}): Promise<TestDockerDriver> {
    if (testEngine === undefined) throw new Error('there is no engine for tests');
    await buildTestImages();
    const options: DockerDriverOptions = {
      address: testEngine,
      mark: `test-${String(process.pid)}`,
      owner: `test-${String(process.pid)}`,
      platform: process.platform,
      poolMemory: 2048,
      pull: 'never',
      manifest: testManifest,
      log: new RecordingLog(),
      clock: systemClock,
      ...overrides,
    };
    return new TestDockerDriver(options, new DockerContainerFactory(options));
  }

  create(kind: string, environment: Readonly<Record<string, string>> = {}): Promise<Container> {
    const image = kindImages[kind] ?? kind;
    return this.factory.create({ kind, image, memory: 256, environment, purpose: `test/${kind}` });
  }

  remove(): Promise<void> {
    return this.factory.dispose();
  }
}
