import { writeFile } from 'node:fs/promises';
import { commandSnapshot, snapshotPath } from '../test/cli/command-snapshot.js';

/** `npm run snapshot`: writes down what can be typed, for the test that reports every change of it. */
await writeFile(snapshotPath, await commandSnapshot());
console.log(`wrote ${snapshotPath}`);
