'use strict';

/*
 * Loads a bundle through a V8 code cache in the user's cache folder. The cache only saves time: every failure to read or write it is
 * ignored. It loads nothing but Node's own modules.
 */

const fs = require('node:fs');
const path = require('node:path');

/** The user's cache folder for rt, or undefined when there is no absolute place for one. */
function cacheFolder(env) {
  const home = env.HOME || env.USERPROFILE;
  const folder =
    env.RT_CACHE_DIR ||
    (env.XDG_CACHE_HOME ? path.join(env.XDG_CACHE_HOME, 'rt') : home && path.join(home, '.cache', 'rt'));
  return folder && path.isAbsolute(folder) ? folder : undefined;
}

/**
 * A code cache fits one bundle, Node version, processor and flags of V8; the module that has a name for the latter costs a command 2 ms (P-03),
 * so it is made of Node's options, and V8 refuses what does not fit. Each command word has its own file, because a cache holds the functions
 * that were compiled in the run that wrote it.
 */
function cacheFile(folder, source, word) {
  const digest = /^\/\* ([0-9a-f]+) \*\//.exec(source.slice(0, 80));
  if (folder === undefined || digest === null) return undefined;
  const command = /^[a-z][a-z:-]{0,30}$/.test(word || '') ? word.replaceAll(':', '-') : 'any';
  const options = [...process.execArgv, process.env.NODE_OPTIONS || ''].join('').replace(/\W+/g, '').slice(0, 80);
  const tag = `${process.version}-${process.arch}${options}`;
  return path.join(folder, `code-${digest[1].slice(0, 16)}-${tag}-${command}.bin`);
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
  for (const { name } of ages.sort((a, b) => b.time - a.time).slice(48))
    fs.rmSync(path.join(folder, name), { force: true });
}

/** Runs one file as a module, from its cache if there is one. Gives its exports; calls for a fresh cache go to `savers`. */
function loadFile(file, word, savers) {
  const Module = require('node:module');
  const vm = require('node:vm');
  // The build writes nothing but ASCII, so that the text is read as it is.
  const source = fs.readFileSync(file, 'latin1');
  const cache = cacheFile(cacheFolder(process.env), source, word);
  const cachedData = cache && readCache(cache);
  const script = new vm.Script(Module.wrap(source), { filename: file, cachedData });
  const loaded = new Module(file, require.main);
  loaded.filename = file;
  loaded.paths = Module._nodeModulePaths(path.dirname(file));
  // Whoever requires the file by its path gets this module instead of compiling it once more.
  require.cache[file] = loaded;
  if (cache !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
    savers.push(() => writeCache(cache, script.createCachedData()));
  }
  const plain = Module.createRequire(file);
  // The parts beside a bundle have caches of their own; what they require of it is the one that runs.
  const requireThroughCache = (name) => {
    const part = name.startsWith('./') ? path.join(path.dirname(file), name) : undefined;
    if (part === undefined) return plain(name);
    return require.cache[part]?.exports ?? loadFile(part, path.basename(part, '.cjs'), savers);
  };
  const given = Object.assign(requireThroughCache, plain);
  script.runInThisContext()(loaded.exports, given, loaded, file, path.dirname(file));
  loaded.loaded = true;
  return loaded.exports;
}

function loadThroughCodeCache(bundle, word) {
  const savers = [];
  const program = loadFile(bundle, word, savers);
  const saveCache = () => {
    for (const save of savers.splice(0)) {
      try {
        save();
      } catch {
        // A full disk or a folder that cannot be written: the next run compiles again. A left temporary file ages away.
      }
    }
  };
  return { program, saveCache };
}

/**
 * Loads a bundle as a module of this process. `word` tells one use of it from another, since a cache holds the functions that one run
 * compiled. `saveCache` is to be called once, when the functions that every run needs have been compiled. Node 22.1 and later has a code
 * cache of its own.
 */
function loadProgram(bundle, word) {
  const { enableCompileCache } = require('node:module');
  if (enableCompileCache === undefined) return loadThroughCodeCache(bundle, word);
  const folder = cacheFolder(process.env);
  if (folder !== undefined) enableCompileCache(path.join(folder, 'compile-cache'));
  return { program: require(bundle), saveCache: () => false };
}

module.exports = { cacheFolder, loadProgram };
