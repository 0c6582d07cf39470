'use strict';

// Node and Bun through the action loop, as OpenServerless runs node: `module.exports = <main>` is appended to index.js unless a line already assigns it.
// The first line on descriptor 3 is private to this platform: {"main", "folder", "env"}. Arguments: folders in which the `openwhisk` package
// may be found.

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

const { parse, stringify } = JSON;
const link = openLink();
const modules = process.argv.splice(2);

for (const event of ['end', 'close', 'error']) link.on(event, die);
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
readLines();

/** Bun knows no socket of a descriptor, but it reads and writes one as a file. */
function openLink() {
  if (process.versions.bun === undefined) return new net.Socket({ fd: 3, readable: true, writable: true });
  const stream = fs.createReadStream('', { fd: 3, autoClose: false });
  stream.write = (text) => {
    const bytes = Buffer.from(text);
    for (let sent = 0; sent < bytes.length;) sent += fs.writeSync(3, bytes, sent);
  };
  return stream;
}

/** The platform has gone: nothing may stay behind. */
function die() {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

function readLines() {
  let chunks = [];
  let action;
  link.on('data', (chunk) => {
    const end = chunk.indexOf(10);
    chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
    if (end === -1) return;
    const message = parse(Buffer.concat(chunks).toString('utf8'));
    chunks = [];
    if (action === undefined) action = load(message);
    else void run(action, message);
  });
}

function load({ main, folder, env }) {
  Object.assign(process.env, env);
  process.chdir(folder);
  offerPackage('openwhisk', folder);
  const file = path.join(folder, 'index.js');
  const source = fs.readFileSync(file, 'utf8');
  if (!/^\s*module\.exports\s*=\s*[\w$.]+\s*;?\s*$/m.test(source))
    fs.appendFileSync(file, `\nmodule.exports = ${main}\n`);
  const action = require(file);
  if (typeof action !== 'function') {
    console.error(`The entry point '${main}' is not a function.`);
    process.exit(1);
  }
  answer({ ok: true });
  return action;
}

function offerPackage(name, folder) {
  const found = modules.map((from) => path.join(from, name)).find((candidate) => fs.existsSync(candidate));
  const target = path.join(path.dirname(folder), 'node_modules');
  if (found === undefined || fs.existsSync(target)) return;
  fs.mkdirSync(target);
  fs.symlinkSync(found, path.join(target, name), 'junction');
}

async function run(action, message) {
  for (const [name, value] of Object.entries(message)) {
    if (name !== 'value') process.env[`__OW_${name.toUpperCase()}`] = value;
  }
  let result;
  try {
    result = await call(action, message.value ?? {});
  } catch (error) {
    result = { error: error ?? {} };
  }
  answer(result);
}

/** A synchronous throw is told by its message, a rejection by what it was rejected with. */
function call(action, value) {
  try {
    return action(value);
  } catch (error) {
    console.log(error);
    return { error: error?.message ?? error };
  }
}

function answer(result) {
  let text;
  try {
    text = stringify(result === undefined ? {} : result);
  } catch (error) {
    console.log(error);
    text = stringify({ error: String(error) });
  }
  link.write(`${text}\n`);
}
