#!/usr/bin/env node
'use strict';

/*
 * Entry of the released program (C-80): answers `--version` itself, otherwise runs dist/rt.cjs through a V8 code cache in the user's
 * cache folder. Before that it loads nothing but Node's own modules, code-cache.cjs and the small dist/early-platform.cjs.
 */

const fs = require('node:fs');
const path = require('node:path');

const bundle = path.join(__dirname, '..', 'dist', 'rt.cjs');

/** `rt/1.2.3 linux-x64 node-v20.20.2` (C-77). */
function versionLine() {
  const { version } = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
  return `rt/${version} ${process.platform}-${process.arch} node-${process.version}`;
}

/**
 * Runs the platform program beside the client, if the line will most likely need it (P-10). It only saves time: whatever fails, such as a
 * working folder that is gone, the command meets and reports itself.
 */
function runPlatformEarly(argv) {
  if (!/^[a-z]/.test(argv[0] || '')) return undefined;
  try {
    const early = require(path.join(__dirname, '..', 'dist', 'early-platform.cjs'));
    const loadSpawn = () => require('node:child_process').spawn;
    return early.runPlatformEarly(argv, { cwd: process.cwd(), loadSpawn });
  } catch {
    return undefined;
  }
}

async function runProgram(argv) {
  if (!fs.existsSync(bundle)) {
    process.stderr.write(`rt: ${bundle} is missing; in a clone, npm run build makes it\n`);
    process.exitCode = 70;
    return;
  }
  const waiting = runPlatformEarly(argv);
  const { program, saveCache } = require('./code-cache.cjs').loadProgram(bundle, argv[0]);
  process.exitCode = await program.run(argv, waiting);
  if (process.exitCode === 0) saveCache();
}

/** Answers a shell that completes a line, from a bundle of its own (C-79). Without a build there are no candidates. */
async function completeLine(words) {
  const { cacheFolder } = require('./code-cache.cjs');
  const { complete } = require(path.join(__dirname, '..', 'dist', 'complete.cjs'));
  const manifest = path.join(__dirname, '..', 'oclif.manifest.json');
  const { env, execPath } = process;
  const place = { env, cwd: process.cwd(), execPath, program: __filename, cache: cacheFolder(env) };
  process.stdout.write(await complete({ ...place, words, manifest }));
}

/** Whether the line asks for nothing but the version, as a text. */
function asksForVersion([word, ...more]) {
  return more.length === 0 && (['--version', '-V'].includes(word) || (word === 'version' && !process.env.RT_OUTPUT));
}

const argv = process.argv.slice(2);
if (asksForVersion(argv)) process.stdout.write(`${versionLine()}\n`);
else if (argv[0] === '__complete') void completeLine(argv.slice(1));
else void runProgram(argv);
