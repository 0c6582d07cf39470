'use strict';

// A host that answers every request with an empty list, for P-04. Prints its port.
const http = require('node:http');

const server = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
  response.end('[]');
});

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit()).resume();
