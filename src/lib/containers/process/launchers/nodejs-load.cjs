'use strict';

// How the nodejs runner finds the entry point of an action.

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');

/**
 * Evaluates the text inside a function body, as the official runner does: sloppy mode, `return` allowed, the entry point looked up in
 * that scope first and in `module.exports` only when it is not defined there. A text that fails only because it is an ES module is
 * loaded as one.
 */
async function loadText(code, main, box) {
  const filename = path.join(box, 'main.js');
  const module = new Module(filename, null);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(box);
  const prefix = 'return (function () {';
  const lookUp = `try { return ${main} } catch (e) {
    if (e.name === 'ReferenceError') return module.exports.${main} || exports.${main}; else throw e }`;
  let load;
  try {
    load = vm.compileFunction(`${prefix}${code}\n${lookUp}\n}).call(globalThis)`, parameters, {
      filename,
      columnOffset: -prefix.length,
      importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER ?? ((name) => import(name)),
    });
  } catch (error) {
    if (isModuleSyntax(error)) return loadModuleText(code, main, box);
    throw errorOfCode(error, code, filename);
  }
  return load(Module.createRequire(filename), module, module.exports, filename, box);
}

/**
 * What is wrong with the text itself, at its own place: in the text around it a missing brace shows too late. The frames below the
 * message are the runner's and tell nothing; one is left, by which Node recognises a stack.
 */
function errorOfCode(error, code, filename) {
  let found = error;
  try {
    vm.compileFunction(code, parameters, { filename });
  } catch (own) {
    found = own;
  }
  found.stack = String(found.stack).replace(/(?:\n {4}at .*)+$/, `\n    at ${filename}`);
  return found;
}

const parameters = ['require', 'module', 'exports', '__filename', '__dirname'];

function isModuleSyntax(error) {
  return /^(Cannot use import statement|Unexpected token 'export'|Cannot use 'import\.meta')/.test(
    error?.message ?? '',
  );
}

async function loadModuleText(code, main, box) {
  const file = path.join(box, 'main.mjs');
  fs.writeFileSync(file, code);
  return memberOf(await import(pathToFileURL(file).href), main);
}

/** An export, else a member of the default export, else the default export that bears the name. */
function memberOf(namespace, main) {
  const named = main.split('.').reduce((value, name) => value?.[name], namespace);
  if (named !== undefined) return named;
  const fallback = namespace.default;
  if (typeof fallback === 'function' && fallback.name === main) return fallback;
  return main.split('.').reduce((value, name) => value?.[name], fallback);
}

/** Loads what the platform has unpacked. `main` is `entry` or `file.entry`, divided at the first dot. */
async function loadArchive({ folder, failure }, main) {
  if (failure !== undefined) throw failure;
  process.chdir(folder);
  const parts = /^([^.]+)$|^([^.]+)\.(.+)$/.exec(main);
  if (parts === null) throw 'Name of main function is not valid.';
  const file = parts[2];
  const hasManifest = fs.existsSync('package.json');
  if (file === undefined && !hasManifest && !fs.existsSync('index.js')) {
    throw 'Zipped actions must contain either package.json or index.js at the root.';
  }
  if (hasManifest) JSON.parse(fs.readFileSync('package.json', 'utf8'));
  const loaded = await loadFile(file === undefined ? folder : path.join(folder, file), folder);
  const entry = parts[1] ?? parts[3];
  if (loaded.module) return memberOf(loaded.value, entry);
  return entry.split('.').reduce((value, name) => value[name], loaded.value);
}

async function loadFile(target, folder) {
  const require = Module.createRequire(path.join(folder, 'index.js'));
  const file = require.resolve(target);
  if (isModuleFile(file, folder)) return { module: true, value: await import(pathToFileURL(file).href) };
  try {
    return { module: false, value: require(file) };
  } catch (error) {
    if (error?.code !== 'ERR_REQUIRE_ESM' && error?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return { module: true, value: await import(pathToFileURL(file).href) };
  }
}

function isModuleFile(file, folder) {
  if (file.endsWith('.mjs')) return true;
  if (!file.endsWith('.js')) return false;
  const root = fs.realpathSync(folder);
  for (let at = path.dirname(file); at.startsWith(root); at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8'))?.type === 'module';
  }
  return false;
}

module.exports = { loadArchive, loadText };
