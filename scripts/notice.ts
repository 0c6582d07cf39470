import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleClient, bundlePlatform } from './release/bundle.js';
import { bundledPackages, installedPackages, noticeDocument } from './release/licences.js';

/* npm run notice: writes NOTICE anew after a change of dependencies. test/house compares it with what is really bundled. */

const root = fileURLToPath(new URL('..', import.meta.url));
const [client, platform] = await Promise.all([bundleClient(root, '0.0.0'), bundlePlatform(root)]);
const bundled = await bundledPackages(root, [client.metafile, platform.metafile]);
await writeFile(join(root, 'NOTICE'), noticeDocument(await installedPackages(root), bundled));
console.log(`NOTICE names ${String(bundled.length)} bundled packages`);
