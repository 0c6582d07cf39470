// A platform that will be killed: starts containers that are idle, in a busy loop, and with a child that has left its group. Prints the
// ids of all processes as JSON and waits for its death. Run with tsx.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultOf, run, TestDriver } from './process-driver.js';
import { waitUntil } from './wait-until.js';

const driver = await TestDriver.start({ boxes: join(process.argv[2] ?? '', 'boxes') });
const marker = JSON.stringify(join(driver.folder, 'busy'));
const spawnDetached = `require("child_process").spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" }).pid`;

const idle = await driver.create('nodejs:20');
const idlePython = await driver.createWith('python:3', 'def main(args): return {}');
const busy = await driver.createWith(
  'nodejs:20',
  `function main() { require("fs").writeFileSync(${marker}, ""); for (;;); }`,
);
void run(busy);
const parent = await driver.createWith('nodejs:20', `function main() { return { pid: ${spawnDetached} } }`);
const { pid } = await resultOf(run(parent));
await waitUntil('the busy loop runs', () => existsSync(join(driver.folder, 'busy')));

const children = readFileSync(`/proc/${String(process.pid)}/task/${String(process.pid)}/children`, 'utf8')
  .trim()
  .split(' ');
const containers = [idle, idlePython, busy, parent].map((container) => Number(container.driverId));
console.log(
  JSON.stringify({ folder: driver.folder, pids: [...new Set([...containers, Number(pid), ...children.map(Number)])] }),
);
