import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleParts, bundlePlatform } from './release/bundle.js';
import { bundleClient } from './release/client-bundle.js';
import { bundledPackages, installedPackages, noticeDocument } from './release/licences.js';

/* npm run notice: writes NOTICE anew after a change of dependencies. test/house compares it with what is really bundled. */

const root = fileURLToPath(new URL('..', import.meta.url));
const [client, parts] = [await bundleClient(root, '0.0.0'), await bundleParts(root)];
const bundles = [...client.values(), await bundlePlatform(root), ...parts.values()];
const bundled = await bundledPackages(
  root,
  bundles.map(({ metafile }) => metafile),
);
await writeFile(join(root, 'NOTICE'), noticeDocument(await installedPackages(root), bundled));
console.log(`NOTICE names ${String(bundled.length)} bundled packages`);
