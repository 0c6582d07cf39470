import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePart, bundlePlatform, platformParts } from '../../scripts/release/bundle.js';
import type { PlatformProgram } from '../../src/lib/platform/launcher/platform-program.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the bundle finds what stays outside of it. */
export const packagesFolder = join(root, 'node_modules');

let built: Promise<PlatformProgram> | undefined;

/** The platform program as it is released, made from the sources of now, once for each test run; it starts much faster than the sources. */
export function platformBundle(): Promise<PlatformProgram> {
  built ??= build();
  return built;
}

async function build(): Promise<PlatformProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'rt-bundle-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { text } = await bundlePlatform(root);
  writeFileSync(join(folder, 'platform.cjs'), text);
  for (const name of platformParts) {
    const [file, part] = await bundlePart(root, name);
    writeFileSync(join(folder, file), part.text);
  }
  writeFileSync(join(folder, 'start.cjs'), "void require('./platform.cjs').runPlatform(() => undefined);");
  cpSync(join(root, 'src/lib/containers/process/launchers'), join(folder, 'launchers'), { recursive: true });
  cpSync(join(root, 'src/lib/platform/system-packages/actions'), join(folder, 'system-packages'), { recursive: true });
  return { execPath: process.execPath, args: [join(folder, 'start.cjs')] };
}
