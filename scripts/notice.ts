import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleClient, bundleParts, bundlePlatform } from './release/bundle.js';
import { bundledPackages, installedPackages, noticeDocument } from './release/licences.js';

/* npm run notice: writes NOTICE anew after a change of dependencies. test/house compares it with what is really bundled. */

const root = fileURLToPath(new URL('..', import.meta.url));
const bundles = [await bundleClient(root, '0.0.0'), await bundlePlatform(root), ...(await bundleParts(root)).values()];
const bundled = await bundledPackages(
  root,
  bundles.map(({ metafile }) => metafile),
);
await writeFile(join(root, 'NOTICE'), noticeDocument(await installedPackages(root), bundled));
console.log(`NOTICE names ${String(bundled.length)} bundled packages`);
