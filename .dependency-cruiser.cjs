'use strict';

/*
 * Who may import whom, as docs/architecture.md says. Each folder has one rule `imports-of-<folder>`; the five edges that are the
 * architecture have rules of their own, so that a broken one is reported by name. test/house plants a violation of each.
 */

const LIB = 'src/lib';

/** Folders of src/lib → what each may import besides itself, `errors` and `entity`. */
const MAY_IMPORT = {
  errors: [],
  entity: [],
  'runtime-manifest': [],
  database: [],
  config: ['runtime-manifest'],
  artifact: ['runtime-manifest'],
  client: ['config'],
  project: ['client', 'artifact', 'runtime-manifest'],
  entitlement: ['database', 'runtime-manifest'],
  containers: ['runtime-manifest'],
  invoker: ['containers', 'database', 'runtime-manifest'],
  feeds: ['invoker', 'database'],
  controller: ['entitlement', 'invoker', 'feeds', 'database', 'runtime-manifest'],
  platform: ['config', 'controller', 'entitlement', 'invoker', 'feeds', 'containers', 'database', 'runtime-manifest'],
  cli: ['config', 'client', 'runtime-manifest', 'platform'],
};

const SERVER = ['database', 'entitlement', 'containers', 'invoker', 'feeds', 'controller'];
const CLIENT = ['client', 'artifact', 'project', 'cli'];

/** Files of `platform` that run in the client: they start, find and ask the local platform. */
const PLATFORM_CLIENT_SIDE = `^${LIB}/platform/(launcher|state-file|control-client|platform-paths|process-identity)(/|[.]ts$|-[^/]*[.]ts$)`;

const within = (folders) => `^${LIB}/(${folders.join('|')})/`;
const packages = (names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Folders whose types others may import, but nothing that runs: presenters show what an operation gives. */
const MAY_IMPORT_TYPES = { cli: ['project'] };

function importsOf([folder, allowed]) {
  const always = folder === 'errors' ? [] : folder === 'entity' ? ['errors'] : ['errors', 'entity'];
  const types = MAY_IMPORT_TYPES[folder] ?? [];
  const permitted = [folder, ...always, ...allowed, ...types];
  const comment = `${folder} imports only ${permitted.slice(1).join(', ') || 'nothing'}.`;
  return forbid(
    `imports-of-${folder}`,
    comment,
    { path: within([folder]) },
    { path: `^${LIB}/`, pathNot: within(permitted) },
  );
}

const typesOf = ([folder, types]) =>
  forbid(
    `only-types-of-${types.join('-')}-in-${folder}`,
    `${folder} imports only types of ${types.join(', ')}.`,
    { path: within([folder]) },
    { path: within(types), dependencyTypesNot: ['type-only'] },
  );

const importsOfCommands = forbid(
  'imports-of-commands',
  'Commands parse, call one operation and present; they import cli, client, project, artifact, config, runtime-manifest and platform.',
  { path: '^src/commands/' },
  {
    path: '^src/',
    pathNot: [
      within(['cli', 'client', 'project', 'artifact', 'config', 'runtime-manifest', 'platform', 'errors', 'entity']),
      '^src/commands/',
    ],
  },
);

const onlyImporters = (names, importers, from) =>
  forbid(
    `only-${importers}-imports-${names[0].replace(/^@/, '').replace('/', '-')}`,
    `Only ${importers.replaceAll('-', ' ')} may import ${names.join(', ')}.`,
    { path: '^(src|bin)/', pathNot: from },
    { path: packages(names) },
  );

const edges = [
  forbid('lib-not-to-commands', 'Nothing in lib imports commands.', { path: `^${LIB}/` }, { path: '^src/commands/' }),
  onlyImporters(['@oclif/core', 'chalk', 'ora', 'inquirer'], 'cli-and-commands', ['^src/commands/', within(['cli'])]),
  forbid(
    'client-not-to-server',
    'The client reaches the local platform through its REST API, as any other host.',
    { path: [within(CLIENT), '^src/commands/', PLATFORM_CLIENT_SIDE] },
    { path: within(SERVER) },
  ),
  forbid(
    'client-not-to-platform-server-side',
    'Of platform, the client imports only what starts, finds and asks the platform.',
    { path: [within(CLIENT), '^src/commands/', PLATFORM_CLIENT_SIDE] },
    { path: within(['platform']), pathNot: PLATFORM_CLIENT_SIDE },
  ),
  forbid(
    'server-not-to-client',
    'The server side never imports the client.',
    { path: within([...SERVER, 'platform']) },
    { path: [within(CLIENT), '^src/commands/'] },
  ),
  forbid(
    'invoker-not-to-drivers',
    'The invoker knows containers, not how they come to be: a driver is added without touching it.',
    { path: within(['invoker']) },
    { path: `^${LIB}/containers/[^/]+/` },
  ),
  onlyImporters(['got', 'http-proxy-agent', 'https-proxy-agent'], 'client', within(['client'])),
  onlyImporters(['conf'], 'config', within(['config'])),
  onlyImporters(['libsql'], 'database', within(['database'])),
  onlyImporters(['croner'], 'feeds', within(['feeds'])),
  onlyImporters(['dockerode'], 'docker-driver', `^${LIB}/containers/docker/`),
  onlyImporters(['fastify'], 'controller-and-platform', within(['controller', 'platform'])),
  forbid(
    'entry-imports-node-only',
    'The entries of the release load nothing but Node itself before the bundle.',
    { path: '^bin/.*[.]cjs$' },
    { pathNot: '^bin/code-cache[.]cjs$', dependencyTypesNot: ['core'] },
  ),
  forbid(
    'main-imports-allow-list',
    'What cli/main.ts imports is evaluated on every start.',
    { path: `^${LIB}/cli/main[.]ts$` },
    { pathNot: ['^node:', `^${LIB}/(cli|errors|entity)/`, packages(['@oclif/core'])], dependencyTypesNot: ['core'] },
  ),
];

module.exports = {
  forbidden: [
    ...edges,
    ...Object.entries(MAY_IMPORT).map(importsOf),
    ...Object.entries(MAY_IMPORT_TYPES).map(typesOf),
    importsOfCommands,
    forbid('no-cycles', 'No cycles anywhere.', {}, { circular: true }),
    forbid(
      'not-to-unresolvable',
      'An import that is not found escapes every other rule.',
      {},
      // The build makes it.
      { couldNotResolve: true, pathNot: 'image-proxy[.]cjs$' },
    ),
    forbid(
      'not-to-tests-or-scripts',
      'The product does not import what is around it.',
      { path: '^(src|bin)/' },
      { path: '^(test|scripts|dist)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Without these names packages with an `exports` field stay unresolved and the rules about them pass silently.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
