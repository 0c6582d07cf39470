'use strict';

// The nodejs runner: behaves as OpenWhisk's nodejsActionBase does. Requests come through descriptor 3 as frames
// `<id> <route> <length>\n<bytes>`, answers go as `<id> <status> <length>\n<bytes>`; in an image, where __RT_PORT is set, both go through
// HTTP. Archives arrive unpacked, as `folder`. Arguments: folders in which the `openwhisk` package may be found.

// First, before anything is loaded: the flags that the process driver gives to node.
require('./nodejs-flags.cjs').resetFlags(['--max-old-space-size=0', '--no-expose-gc']);

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { serializeError, stackOf, textOf } = require('./nodejs-errors.cjs');
const { loadArchive, loadText } = require('./nodejs-load.cjs');

// Kept, because an action may replace the members of these globals.
const { parse, stringify } = JSON;
const { writeSync } = fs;
const maxBody = 48 * 1024 * 1024;
const box = process.cwd();
const allowConcurrent = String(process.env.__OW_ALLOW_CONCURRENT).toLowerCase() === 'true';

/** `ready`, `starting`, `running`, or `stopped`, which is final. */
let status = 'ready';
let runner;

const link = process.env.__RT_PORT === undefined ? openLink() : require('./nodejs-http.cjs').serve(receive);
offerPackage('openwhisk', process.argv.splice(2));
writeOutputAtOnce();

/** Reads into one buffer and writes short answers without a stream: a seventh of what a short run costs here (P-23). */
function openLink() {
  const read = createFrameReader(receive);
  const onread = {
    buffer: Buffer.allocUnsafeSlow(65_536),
    callback: (length, buffer) => read(buffer.subarray(0, length)),
  };
  const socket = new net.Socket({ fd: 3, readable: true, writable: true, onread });
  socket.on('end', die);
  socket.on('close', die);
  socket.on('error', die);
  const scratch = Buffer.allocUnsafeSlow(16_384);
  return {
    write: (id, code, text) => {
      const frame = `${id} ${code} ${Buffer.byteLength(text)}\n${text}`;
      if (frame.length > scratch.length / 3 || socket.writableLength > 0) return void socket.write(frame);
      const length = scratch.write(frame);
      const written = writeNow(scratch.subarray(0, length));
      if (written < length) socket.write(Buffer.from(scratch.subarray(written, length)));
    },
    endActivation: () => undefined,
  };
}

/** The number of bytes that the link takes at once. */
function writeNow(bytes) {
  try {
    return writeSync(3, bytes);
  } catch (error) {
    if (error.code === 'EAGAIN') return 0;
    return die();
  }
}

/** The platform has gone: nobody wants an answer, and nothing may stay behind. */
function die() {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

/** Makes a package of the platform visible beside the action's own packages, which are found first. */
function offerPackage(name, folders) {
  const folder = folders.map((modules) => path.join(modules, name)).find((candidate) => fs.existsSync(candidate));
  if (folder === undefined) return;
  fs.mkdirSync(path.join(box, 'node_modules'));
  fs.symlinkSync(folder, path.join(box, 'node_modules', name), 'junction');
}

/** Output that an action writes lies in the pipes before its answer does, also when it ends the process. */
function writeOutputAtOnce() {
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
}

/** Takes chunks that are overwritten afterwards; most are one whole frame. */
function createFrameReader(onRequest) {
  let kept = [];
  let length = 0;
  let needed = 0;
  return (chunk) => {
    let bytes = chunk;
    if (length > 0) {
      kept.push(Buffer.from(chunk));
      length += chunk.length;
      if (length < needed) return;
      bytes = Buffer.concat(kept);
    }
    needed = 0;
    while (bytes.length > 0) {
      const end = bytes.indexOf(10);
      if (end === -1) break;
      const [id, route, size] = bytes.latin1Slice(0, end).split(' ');
      needed = end + 1 + Number(size);
      if (bytes.length < needed) break;
      onRequest(id, route, bytes.subarray(end + 1, needed));
      bytes = bytes.subarray(needed);
      needed = 0;
    }
    length = bytes.length;
    kept = length > 0 ? [Buffer.from(bytes)] : [];
  };
}

function receive(id, route, bytes) {
  const body = parseBody(bytes);
  if (body === undefined || (route !== '/init' && route !== '/run')) answerError(id, 500, 'Bad request.');
  else if (route === '/init') void init(id, body);
  else run(id, body);
}

/** The members of a request; undefined when it is no JSON object or array, or too large. */
function parseBody(bytes) {
  if (bytes.length > maxBody) return undefined;
  if (bytes.length === 0) return {};
  try {
    const body = parse(bytes.utf8Slice());
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function setStatus(next) {
  if (status !== 'stopped') status = next;
}

async function init(id, body) {
  if (runner !== undefined) return refuse(id, 'Cannot initialize the action more than once.');
  if (status !== 'ready') return refuse(id, `System not ready, status is ${status}.`);
  const message = body.value || {};
  const { main, code } = message;
  if (!main || !code || typeof main !== 'string' || typeof code !== 'string') {
    return answerError(id, 403, 'Missing main/no code to execute.');
  }
  setStatus('starting');
  try {
    exportInitEnvironment(message.env);
    const action = await (message.binary ? loadArchive(body, main) : loadText(code, main, box));
    if (typeof action !== 'function') throw `Action entrypoint '${main}' is not a function.`;
    runner = { userScriptMain: action };
    setStatus('ready');
    answer(id, 200, '{"OK":true}');
  } catch (error) {
    console.error('Error during initialization:', error);
    setStatus('stopped');
    link.endActivation();
    answerError(id, 502, `Initialization has failed due to: ${stackOf(error)}`);
  }
}

function exportInitEnvironment(env) {
  if (!env || typeof env !== 'object') return;
  for (const [name, value] of Object.entries(env)) {
    if (typeof value === 'object' && value !== null) process.env[name] = stringify(value);
    else process.env[name] = value ? value : '';
  }
}

function run(id, body) {
  if (runner === undefined) return refuse(id, 'System not initialized.');
  if (status !== 'ready') return refuse(id, `System not ready, status is ${status}.`);
  if (!allowConcurrent) setStatus('running');
  const value = body.value ?? {};
  // The official runner stays "running" after this refusal, and so does this one (AI-062).
  if (typeof value !== 'object') {
    const text = `Internal system error: the argument must be a dictionary but has type '${typeof value}'.`;
    console.error('Internal system error:', text);
    return answerError(id, 403, text);
  }
  exportRunContext(body);
  let result;
  try {
    result = runner.userScriptMain(value);
  } catch (error) {
    console.error(error);
    setStatus('stopped');
    link.endActivation();
    return answerError(id, 502, `An error has occurred: ${textOf(error)}`);
  }
  Promise.resolve(result).then(
    (resolved) => finish(id, resolved === undefined ? {} : resolved),
    (error) => finish(id, { error: error ? serializeError(error) : {} }),
  );
}

/** Most variables are the same every time, and to look costs half of what it costs to set one; that is a third of a short run (P-20). */
function exportRunContext(body) {
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (name === 'value' || typeof value !== 'string') continue;
    const variable = `__OW_${name.toUpperCase()}`;
    if (process.env[variable] !== value) process.env[variable] = value;
  }
}

function finish(id, result) {
  if (!allowConcurrent) setStatus('ready');
  if (typeof result !== 'object') {
    console.error(`Result must be of type object but has type "${typeof result}":`, result);
    link.endActivation();
    return answerError(id, 502, 'The action did not return a dictionary.');
  }
  let text;
  try {
    text = stringify(result) ?? '';
  } catch {
    console.error('[wrapEndpoint]', 'invalid errored promise', '{}');
    link.endActivation();
    return answerError(id, 500, 'Internal error.');
  }
  link.endActivation();
  answer(id, 200, text);
}

function refuse(id, text) {
  console.error('Internal system error:', text);
  answerError(id, 403, text);
}

function answerError(id, code, text) {
  answer(id, code, stringify({ error: text }));
}

function answer(id, code, text) {
  const waiting = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0 && !stream.destroyed);
  if (waiting.length === 0) {
    link.write(id, code, text);
    return;
  }
  // Where output cannot be written at once, the answer waits for it.
  waiting[0].write('', () => answer(id, code, text));
}
