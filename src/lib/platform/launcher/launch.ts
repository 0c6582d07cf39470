import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { PlatformError } from '../../errors/client-errors.js';
import { reasonOf } from '../../errors/file-failure.js';
import { type ProgramRun, spawnProgram } from './spawn-program.js';
import { type LaunchAnswer, type LaunchLine, type LaunchRequest, parseLaunchAnswer } from './start-messages.js';
import type { WaitingProgram } from './waiting-program.js';

/** How the platform program is run. */
export interface LaunchDeps extends ProgramRun {
  /** Milliseconds until it must have announced itself. */
  readonly wait: number;
  /** One that runs already and waits for its request. */
  readonly waiting?: WaitingProgram | undefined;
}

/** A program that has announced itself. */
export interface Launched {
  readonly answer: LaunchAnswer;
  readonly child: ChildProcess;
}

/**
 * Runs the platform program, or takes the one that waits, and sends the request. Resolves with the line by which it announces itself. Rejects
 * with PlatformError when it ends or stays silent instead.
 */
export async function launch(request: LaunchRequest, deps: LaunchDeps): Promise<Launched> {
  const foreground = 'foreground' in request && request.foreground;
  const output = foreground ? 'inherit' : openLog(request.paths.log);
  try {
    const adopted = foreground ? undefined : await adopt(request, deps);
    return adopted ?? (await conversation(spawnProgram(spawn, deps, output), request, deps.wait));
  } finally {
    if (typeof output === 'number') closeSync(output);
  }
}

/** Undefined when none waits, or it has ended: then another one, whose output is the log from the start, can tell why. */
async function adopt(request: LaunchRequest, deps: LaunchDeps): Promise<Launched | undefined> {
  const child = deps.waiting?.take(deps);
  if (child === undefined) return undefined;
  try {
    return await conversation(child, { ...request, unlogged: true }, deps.wait);
  } catch (error) {
    if (child.exitCode === null && child.signalCode === null) throw error;
    return undefined;
  }
}

/** What Node itself writes, such as the report of a full heap, must not be lost. */
function openLog(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw new PlatformError(`cannot write ${path}: ${reasonOf(error)}`, {
      hint: 'free some space, or set RT_HOME to another folder',
      cause: error,
    });
  }
}

async function conversation(child: ChildProcess, request: LaunchLine, wait: number): Promise<Launched> {
  // Node makes a socket of every `pipe` beyond the first three.
  const link = child.stdio[3] as Duplex;
  try {
    link.write(`${JSON.stringify(request)}\n`);
    const line = await firstLine(child, link, { log: request.paths.log, wait });
    return { answer: parseLaunchAnswer(line), child };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    link.destroy();
    child.unref();
  }
}

function firstLine(
  child: ChildProcess,
  link: Duplex,
  { log, wait }: { readonly log: string; readonly wait: number },
): Promise<string> {
  const hint = `the log is ${log}`;
  return new Promise((resolve, reject) => {
    let text = '';
    const deadline = setTimeout(() => {
      const seconds = String(wait / 1000);
      reject(new PlatformError(`the local platform was not ready within ${seconds} s`, { hint }));
    }, wait);
    const settle = (finish: () => void): void => {
      clearTimeout(deadline);
      finish();
    };
    link.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end !== -1) {
        settle(() => {
          resolve(text.slice(0, end));
        });
      }
    });
    // The end of the process is what counts; the link fails with it.
    link.on('error', () => undefined);
    child.once('error', (error) => {
      settle(() => {
        reject(new PlatformError(`cannot run ${child.spawnfile}: ${error.message}`, { cause: error }));
      });
    });
    child.once('close', (status, signal) => {
      const how = signal === null ? `with status ${String(status)}` : `by ${signal}`;
      settle(() => {
        reject(new PlatformError(`the local platform ended during its start ${how}`, { hint }));
      });
    });
  });
}
