'use strict';

// A bare action proxy, the floor of a runtime's memory: POST /init takes the code, POST /run runs it, in one process. Prints its port.
const http = require('node:http');

let main;

const routes = {
  '/init': ({ code }) => {
    main = new Function(`const exports = {}; ${code}; return exports.main;`)();
    return { OK: true };
  },
  '/run': (value) => main(value),
};

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { value } = JSON.parse(Buffer.concat(chunks).toString());
    const text = JSON.stringify(await routes[request.url](value));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  });
});

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit()).resume();
