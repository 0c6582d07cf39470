'use strict';

// The way of the nodejs runner's requests and answers in an image: HTTP on port __RT_PORT (action-interface.md §1).

const http = require('node:http');
const { prepareNodeInit } = require('./image-proxy.cjs');

// Kept, because an action may replace these functions.
const writers = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream));
const sentinel = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n';

/** Begins to listen; requests go to `receive(response, route, bytes)`. */
function serve(receive) {
  const prepare = prepareNodeInit(process.cwd());
  const server = http.createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => void pass(Buffer.concat(chunks), request, response));
  });
  async function pass(bytes, request, response) {
    const route = request.method === 'POST' ? request.url : '/unknown';
    // An archive is unpacked before the runner sees it, as the platform does it elsewhere.
    receive(response, route, route === '/init' ? Buffer.from(await prepare(bytes.toString('utf8'))) : bytes);
  }
  server.listen(Number(process.env.__RT_PORT));
  delete process.env.__RT_PORT;
  return { write, endActivation };
}

function write(response, code, text) {
  response.writeHead(code, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** Tells who reads the logs that those of this activation have ended. */
function endActivation() {
  for (const write of writers) write(sentinel);
}

module.exports = { serve };
