/** Other words for a topic (C-6), by the path of topics before it; `''` is the top level. */
export const topicAliases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    actions: 'action',
    act: 'action',
    activations: 'activation',
    triggers: 'trigger',
    rules: 'rule',
    packages: 'package',
    pkg: 'package',
    namespaces: 'namespace',
    ns: 'namespace',
    apis: 'api',
    route: 'api',
    routes: 'api',
    prop: 'property',
    properties: 'property',
    ctx: 'context',
    contexts: 'context',
    kinds: 'kind',
    runtimes: 'kind',
    local: 'platform',
  },
  namespace: { lf: 'log-forwarding' },
};

/** Other words for a command below any topic (C-6). */
export const commandAliases: Readonly<Record<string, string>> = {
  ls: 'list',
  del: 'delete',
  rm: 'delete',
  remove: 'delete',
  show: 'get',
  describe: 'get',
};

/** What a whole phrase stands for: a command id, and flags that it implies. */
export interface Shortcut {
  readonly id: string;
  readonly flags?: readonly string[];
}

/** Phrases that stand for a command elsewhere (C-6), with colons. A phrase counts only when its command exists. */
export const shortcuts: Readonly<Record<string, Shortcut>> = {
  logs: { id: 'activation:logs' },
  log: { id: 'activation:logs' },
  'activation:log': { id: 'activation:logs' },
  result: { id: 'activation:result' },
  invoke: { id: 'action:invoke', flags: ['--result'] },
  url: { id: 'action:get', flags: ['--url'] },
  list: { id: 'namespace:get' },
  ls: { id: 'namespace:get' },
  get: { id: 'namespace:get' },
  whoami: { id: 'namespace:current' },
  deploy: { id: 'project:deploy' },
  undeploy: { id: 'project:undeploy' },
  'deploy:undeploy': { id: 'project:undeploy' },
  'deploy:sync': { id: 'project:sync' },
  'deploy:export': { id: 'project:export' },
  'deploy:report': { id: 'project:report' },
  'context:create': { id: 'context:add' },
  'context:delete': { id: 'context:remove' },
  'context:get': { id: 'context:show' },
  autocomplete: { id: 'completion' },
  'sdk:install:bashauto': { id: 'completion', flags: ['--shell=bash'] },
};

/** Words of other programs and what they mean here, for suggestions (C-56). Counted only when the command exists. */
export const foreignWords: Readonly<Record<string, string>> = {
  fire: 'trigger:fire',
  'create-action': 'action:create',
  'invoke-action': 'action:invoke',
  create: 'action:create',
  update: 'action:update',
  delete: 'action:delete',
  bind: 'package:bind',
  start: 'platform:start',
  stop: 'platform:stop',
  status: 'platform:status',
};

/** First words that are dropped, so that `alias wsk=rt` and the like work (C-2). */
export const prefixes: ReadonlySet<string> = new Set(['rt', 'runtime', 'wsk', '-wsk']);
