'use strict';

// H0: a bare node:http server that answers the trivial action itself. Prints its port.
const http = require('node:http');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { name } = JSON.parse(Buffer.concat(chunks).toString());
    const text = JSON.stringify({ greeting: `Hello, ${name}!` });
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  });
});

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit()).resume();
