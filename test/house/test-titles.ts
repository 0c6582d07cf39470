import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import type { TitlePath } from './rule-titles.js';

/** The files of all tests. */
const ALL = ['test/**/*.test.ts', 'test/**/*.acceptance.ts'];

/**
 * The titles of the tests that mocha would run, found by loading the files without running anything. `root`: the folder of the
 * repository, `files`: patterns below it or paths. Fails when a file cannot be loaded.
 */
export async function testTitles(root: string, files: readonly string[] = ALL): Promise<readonly TitlePath[]> {
  const folder = temporaryFolder('rt-titles-');
  const output = join(folder.path, 'titles.json');
  const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = [
    '--reporter',
    join(root, 'test', 'house', 'title-reporter.cjs'),
    '--reporter-option',
    `output=${output}`,
  ];
  try {
    await promisify(execFile)(process.execPath, [mocha, '--dry-run', '--exit', ...reporter, ...files], { cwd: root });
    return JSON.parse(await readFile(output, 'utf8')) as readonly TitlePath[];
  } finally {
    folder.dispose();
  }
}
