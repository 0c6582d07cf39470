'use strict';

// W0: a server that parses the body of every PUT, hashes its code and stores it in SQLite, durable as actions are. Prints its port.
const { createHash } = require('node:crypto');
const http = require('node:http');
const Database = require('libsql');

const database = new Database(process.argv[2]);
database.pragma('journal_mode=WAL');
database.pragma('synchronous=FULL');
database.exec('CREATE TABLE IF NOT EXISTS bodies (path TEXT PRIMARY KEY, digest TEXT, document TEXT, code TEXT)');
const insert = database.prepare('INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { exec, ...others } = JSON.parse(Buffer.concat(chunks).toString());
    const digest = createHash('sha256').update(exec.code).digest('hex');
    insert.run(request.url, digest, JSON.stringify(others), exec.code);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
    response.end('{}');
  });
});

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit()).resume();
