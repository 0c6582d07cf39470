'use strict';

/*
 * Entry of the local platform's process, which `rt platform start` and the first command that needs it run: dist/platform.cjs through the
 * V8 code cache (performance.md P-10, P-14: without it compiling is a third of the start).
 */

const path = require('node:path');
const { resetFlags } = require(path.join(__dirname, '..', 'dist', 'launchers', 'nodejs-flags.cjs'));

// First, before anything is loaded: those of `platformProgram()`.
resetFlags(['--max-old-space-size=0', '--min-semi-space-size=0']);

const { loadProgram } = require('./code-cache.cjs');

const { program, saveCache } = loadProgram(path.join(__dirname, '..', 'dist', 'platform.cjs'), 'platform-process');
void program.runPlatform(saveCache);
