import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { StoreDamaged, StoreLocked } from './store-errors.js';

/** What the check of a file found. */
export interface CrashReport {
  readonly userVersion: number;
  readonly applicationId: number;
}

/** Plain CommonJS, because it runs outside every bundle and loader. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  try {
    const database = new (require(workerData.libsql))(workerData.url);
    const value = (name) => database.prepare('PRAGMA ' + name).raw().get([])[0];
    const report = { userVersion: value('user_version'), applicationId: value('application_id') };
    const verdict = workerData.thorough ? value('quick_check(1)') : 'ok';
    parentPort.postMessage(verdict === 'ok' ? { report } : { reason: verdict });
  } catch (error) {
    parentPort.postMessage({ reason: error.message, code: error.code });
  }
`;

/**
 * Looks at a file that was not closed cleanly, without changing it or its log: a normal connection would copy the log into the file even
 * when it finds damage (RS-123). It is done on a thread because only the end of a thread surely closes a read-only connection.
 * `thorough` reads every page. Throws StoreDamaged or StoreLocked.
 */
export async function checkAfterCrash(path: string, thorough: boolean): Promise<CrashReport> {
  const libsql = createRequire(import.meta.url).resolve('libsql');
  const url = `${pathToFileURL(path).href}?mode=ro`;
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(program, { eval: true, workerData: { libsql, url, thorough }, execArgv: [], env: {} });
  const answer = await answerOf(worker);
  // The shared index of readers is rebuilt by whoever opens the file.
  rmSync(`${path}-shm`, { force: true });
  if (answer.report !== undefined) return answer.report;
  if (answer.code === 'SQLITE_BUSY') throw new StoreLocked(path);
  throw new StoreDamaged(path, (answer.reason ?? 'it cannot be read').replaceAll('\n', ' '));
}

interface WorkerAnswer {
  readonly report?: CrashReport;
  readonly reason?: string;
  readonly code?: string;
}

/** Resolves only when the thread has ended, so that the file is closed. */
function answerOf(worker: Worker): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    let answer: WorkerAnswer = {};
    worker.on('message', (message: WorkerAnswer) => {
      answer = message;
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      resolve(answer);
    });
  });
}
