import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { markVariable } from '../../src/lib/containers/process/marked-processes.js';
import { isRunning, readProcessState, type ProcessState } from '../../src/lib/containers/process/process-state.js';
import { TestDriver } from '../helpers/process-driver.js';
import { waitUntil } from '../helpers/wait-until.js';

const parentScript = join(dirname(fileURLToPath(import.meta.url)), '..', 'helpers', 'orphan-parent.ts');

async function statesOf(pids: readonly number[]): Promise<ProcessState[]> {
  const states = await Promise.all(pids.map(readProcessState));
  return states.filter((state) => state !== undefined);
}

async function noneRuns(states: readonly ProcessState[]): Promise<boolean> {
  const running = await Promise.all(states.map(isRunning));
  return !running.includes(true);
}

/** Starts a process that sleeps, with a mark in its environment. */
async function startMarked(mark: string): Promise<ProcessState> {
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore', env: { [markVariable]: mark } });
  const state = await readProcessState(child.pid ?? 0);
  assert.ok(state !== undefined);
  return state;
}

describe('what a platform leaves behind', () => {
  it('ends within 5 s of a kill -9: idle, busy loop, detached child that ignores SIGTERM, the guardian (RS-143)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rt-orphans-'));
    const parent = spawn(process.execPath, ['--import', 'tsx', parentScript, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
    const { value } = (await lines.next()) as { value: string };
    const { pids, folder: driverFolder } = JSON.parse(value) as { pids: number[]; folder: string };
    const states = await statesOf(pids);
    assert.ok(states.length >= 6, `${String(states.length)} processes run`);
    parent.kill('SIGKILL');
    await waitUntil('all processes have ended', () => noneRuns(states));
    await Promise.all([folder, driverFolder].map((path) => rm(path, { recursive: true, force: true })));
  });

  it('is removed at the next start, and nothing else is', async () => {
    const driver = await TestDriver.start();
    const own = await driver.create('nodejs:20');
    const { mark } = driver.options;
    const left = await startMarked(`${mark}:earlier:1`);
    const strangers = await Promise.all([startMarked(`other-${mark}:earlier:1`), startMarked('')]);
    assert.equal(await driver.factory.removeLeftovers(), 1);
    assert.equal(await isRunning(left), false);
    const others = [...strangers, ...(await statesOf([Number(own.driverId)]))];
    assert.deepEqual(await Promise.all(others.map(isRunning)), [true, true, true]);
    for (const { pid } of strangers) process.kill(pid, 'SIGKILL');
    await driver.remove();
  });

  it('includes boxes: those of earlier platforms are removed at the next start, its own are not', async () => {
    const driver = await TestDriver.start();
    await driver.create('nodejs:20');
    const boxes = await readdir(driver.options.boxes);
    const next = await TestDriver.start({ boxes: driver.options.boxes, mark: driver.options.mark });
    await next.create('nodejs:20');
    await next.factory.removeLeftovers();
    const rest = await readdir(driver.options.boxes);
    assert.ok(rest.length === 1 && !boxes.includes(rest[0] ?? ''));
    await Promise.all([driver.remove(), next.remove()]);
  });

  it('is nothing when it was disposed properly: no process, no guardian, no box', async () => {
    const path = `/proc/${String(process.pid)}/task/${String(process.pid)}/children`;
    const { readFile } = await import('node:fs/promises');
    const before = await readFile(path, 'utf8');
    const driver = await TestDriver.start();
    await Promise.all([driver.create('nodejs:20'), driver.create('python:3')]);
    assert.notEqual(await readFile(path, 'utf8'), before);
    await driver.factory.dispose();
    assert.equal(await readFile(path, 'utf8'), before);
    assert.deepEqual(await readdir(driver.options.boxes), []);
    await driver.remove();
  });
});
