#!/usr/bin/env node
'use strict';

/*
 * Entry of the released program (C-80): answers `--version` itself, otherwise runs dist/rt.cjs through a V8 code cache in the user's
 * cache folder. It loads nothing but Node's own modules. The cache only saves time: every failure to read or write it is ignored.
 */

const fs = require('node:fs');
const path = require('node:path');

const bundle = path.join(__dirname, '..', 'dist', 'rt.cjs');

/** `rt/1.2.3 linux-x64 node-v20.20.2` (C-77). */
function versionLine() {
  const { version } = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
  return `rt/${version} ${process.platform}-${process.arch} node-${process.version}`;
}

/** The user's cache folder for rt, or undefined when there is no absolute place for one. */
function cacheFolder(env) {
  const home = env.HOME || env.USERPROFILE;
  const folder =
    env.RT_CACHE_DIR ||
    (env.XDG_CACHE_HOME ? path.join(env.XDG_CACHE_HOME, 'rt') : home && path.join(home, '.cache', 'rt'));
  return folder && path.isAbsolute(folder) ? folder : undefined;
}

/**
 * A code cache fits one bundle, V8 with its flags, Node version and processor. Each command word has its own file, because a cache
 * holds the functions that were compiled in the run that wrote it.
 */
function cacheFile(folder, source, word) {
  const digest = /^\/\* ([0-9a-f]+) \*\//.exec(source.slice(0, 80));
  if (folder === undefined || digest === null) return undefined;
  const command = /^[a-z][a-z:-]{0,30}$/.test(word || '') ? word.replaceAll(':', '-') : 'any';
  const tag = require('node:v8').cachedDataVersionTag().toString(16);
  return path.join(folder, `code-${digest[1].slice(0, 16)}-${tag}-${process.version}-${process.arch}-${command}.bin`);
}

/**
 * V8 does not check the body of a cache, and a damaged one kills the process. So a file holds it twice: comparing the halves costs a
 * tenth of loading a checksum module.
 */
function readCache(file) {
  try {
    const twice = fs.readFileSync(file);
    const data = twice.subarray(0, twice.length / 2);
    return data.equals(twice.subarray(data.length)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Node's own recursive mkdir never ends where a parent says ENOENT for ever, as /proc does. */
function makeFolder(folder) {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder, { mode: 0o700 });
}

/** Written to a temporary name, forced to disk and renamed, so that no run ever reads half a cache. */
function writeCache(file, data) {
  const temporary = `${file}.${process.pid}.tmp`;
  makeFolder(path.dirname(file));
  const descriptor = fs.openSync(temporary, 'wx', 0o600);
  fs.writeFileSync(descriptor, data);
  fs.writeFileSync(descriptor, data);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(temporary, file);
  removeOldCaches(path.dirname(file));
}

/** Keeps the newest caches: upgrades of rt and of Node would leave theirs behind for ever. */
function removeOldCaches(folder) {
  const files = fs.readdirSync(folder).filter((name) => /^code-.*\.bin(\.\d+\.tmp)?$/.test(name));
  const ages = files.map((name) => ({ name, time: fs.statSync(path.join(folder, name)).mtimeMs }));
  for (const { name } of ages.sort((a, b) => b.time - a.time).slice(24))
    fs.rmSync(path.join(folder, name), { force: true });
}

/** Loads the bundle as a module of this process; `saveCache` is to be called after a successful run. */
function loadThroughCodeCache(argv) {
  const Module = require('node:module');
  const vm = require('node:vm');
  // The build writes nothing but ASCII, so that the text is read as it is.
  const source = fs.readFileSync(bundle, 'latin1');
  const file = cacheFile(cacheFolder(process.env), source, argv[0]);
  const cachedData = file && readCache(file);
  const script = new vm.Script(Module.wrap(source), { filename: bundle, cachedData });
  const loaded = new Module(bundle, module);
  loaded.filename = bundle;
  loaded.paths = Module._nodeModulePaths(path.dirname(bundle));
  // Whoever requires the bundle by its path gets this module instead of compiling it once more.
  require.cache[bundle] = loaded;
  script.runInThisContext()(loaded.exports, Module.createRequire(bundle), loaded, bundle, path.dirname(bundle));
  loaded.loaded = true;
  const fresh = cachedData === undefined || script.cachedDataRejected === true;
  const saveCache = () => {
    try {
      if (file !== undefined && fresh) writeCache(file, script.createCachedData());
    } catch {
      // A full disk or a folder that cannot be written: the next run compiles again. A left temporary file ages away.
    }
  };
  return { program: loaded.exports, saveCache };
}

/** Node 22.1 and later has a code cache of its own. */
function loadProgram(argv) {
  const { enableCompileCache } = require('node:module');
  if (enableCompileCache === undefined) return loadThroughCodeCache(argv);
  const folder = cacheFolder(process.env);
  if (folder !== undefined) enableCompileCache(path.join(folder, 'compile-cache'));
  return { program: require(bundle), saveCache: () => false };
}

async function runProgram(argv) {
  if (!fs.existsSync(bundle)) {
    process.stderr.write(`rt: ${bundle} is missing; in a clone, npm run build makes it\n`);
    process.exitCode = 70;
    return;
  }
  const { program, saveCache } = loadProgram(argv);
  process.exitCode = await program.run(argv);
  if (process.exitCode === 0) saveCache();
}

/** Answers a shell that completes a line, from a bundle of its own (C-79). Without a build there are no candidates. */
async function completeLine(words) {
  const { complete } = require(path.join(__dirname, '..', 'dist', 'complete.cjs'));
  const manifest = path.join(__dirname, '..', 'oclif.manifest.json');
  const { env, execPath } = process;
  const place = { env, cwd: process.cwd(), execPath, program: __filename, cache: cacheFolder(env) };
  process.stdout.write(await complete({ ...place, words, manifest }));
}

const argv = process.argv.slice(2);
if (argv.length === 1 && ['--version', '-V', 'version'].includes(argv[0])) process.stdout.write(`${versionLine()}\n`);
else if (argv[0] === '__complete') void completeLine(argv.slice(1));
else void runProgram(argv);
