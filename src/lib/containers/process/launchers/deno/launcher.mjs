// Deno through the action loop: `export default` of main.ts is the action. The first line on descriptor 3 is private to this platform:
// {"main", "folder", "env"}; an entry point other than `main` is an export of that name.

import { Buffer } from 'node:buffer';
import net from 'node:net';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const link = new net.Socket({ fd: 3, readable: true, writable: true });
for (const event of ['end', 'close', 'error']) link.on(event, () => process.kill(process.pid, 'SIGKILL'));

const notAnObject = 'response returned by the function is not an object';

let chunks = [];
let action;
link.on('data', (chunk) => {
  const end = chunk.indexOf(10);
  chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
  if (end === -1) return;
  const message = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  chunks = [];
  void (action === undefined ? load(message) : run(message));
});

async function load({ main, folder, env }) {
  for (const [name, value] of Object.entries(env)) process.env[name] = value;
  process.chdir(folder);
  try {
    const module = await import(pathToFileURL(`${folder}/main.ts`).href);
    action = main === 'main' ? (module.default ?? module.main) : module[main];
    if (typeof action !== 'function') throw new Error(`main.ts exports no function for '${main}'`);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  answer({ ok: true });
}

async function run(message) {
  for (const [name, value] of Object.entries(message)) {
    if (name !== 'value' && typeof value === 'string') process.env[`__OW_${name.toUpperCase()}`] = value;
  }
  let result;
  try {
    result = await action(message.value ?? {});
  } catch (error) {
    console.error(error);
    result = { error: error?.message ?? String(error) };
  }
  answer(typeof result === 'object' && result !== null ? result : { error: notAnObject });
}

function answer(result) {
  link.write(`${JSON.stringify(result)}\n`);
}
