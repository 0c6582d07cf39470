#!/usr/bin/env node
// Development entry: runs the sources through tsx, with the table of commands made by looking into the folder.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

register();

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src', 'commands');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const commands = Object.fromEntries(
  files.map((name) => {
    const path = join(folder, name);
    const id = relative(folder, path).slice(0, -'.ts'.length).split(sep).join(':');
    return [id, () => import(pathToFileURL(path).href)];
  }),
);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { main } = await import(pathToFileURL(join(root, 'src', 'lib', 'cli', 'main.ts')).href);
await main(process.argv.slice(2), { commands, root, version });
