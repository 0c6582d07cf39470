/** What stands under a key: `version` is a text or a number, `any` is looked at elsewhere. */
export type KeyShape = 'text' | 'version' | 'boolean' | 'map' | 'list' | 'any';

/** One key of a map in a manifest. */
export interface KeyRule {
  readonly shape: KeyShape;
  /** The key to use instead. */
  readonly deprecatedFor?: string;
  /** Accepted without effect, as in wskdeploy. */
  readonly ignored?: true;
}

/** The keys of one kind of map, and words of other tools that people write for them. */
export interface KeyTable {
  readonly keys: Readonly<Record<string, KeyRule>>;
  readonly foreign?: Readonly<Record<string, string>>;
}

const ignoredText = { shape: 'any', ignored: true } as const;
const text = { shape: 'text' } as const;
const map = { shape: 'map' } as const;
const any = { shape: 'any' } as const;
const boolean = { shape: 'boolean' } as const;
const version = { shape: 'version' } as const;

/** Keys that name a connection; a package's are ignored. */
const connection = {
  namespace: text,
  apiHost: text,
  credential: text,
  apigwAccessToken: text,
} as const;

const foreignValues = { parameters: 'inputs', params: 'inputs', environment: 'env' } as const;

/** The tables of the wskdeploy form (§1.1). */
export const manifestTables = {
  top: { keys: { packages: map, project: map, filepath: ignoredText } },
  project: { keys: { name: text, packages: map, inputs: map, ...connection, version: ignoredText, config: text } },
  package: {
    keys: {
      version,
      license: text,
      public: boolean,
      inputs: map,
      annotations: map,
      dependencies: map,
      actions: map,
      sequences: map,
      triggers: map,
      rules: map,
      apis: map,
      description: text,
      name: ignoredText,
      namespace: ignoredText,
      credential: ignoredText,
      apiHost: ignoredText,
      apigwAccessToken: ignoredText,
      repositories: ignoredText,
      feeds: any,
    },
    foreign: { ...foreignValues, functions: 'actions', shared: 'public' },
  },
  action: {
    keys: {
      function: text,
      location: { shape: 'text', deprecatedFor: 'function' },
      code: text,
      runtime: text,
      main: text,
      docker: text,
      native: boolean,
      web: any,
      'web-export': { shape: 'any', deprecatedFor: 'web' },
      conductor: boolean,
      limits: map,
      inputs: map,
      env: map,
      annotations: map,
      include: { shape: 'list' },
      exclude: { shape: 'list' },
      description: text,
      version,
      build: any,
      name: ignoredText,
      namespace: ignoredText,
      credential: ignoredText,
      exposedUrl: ignoredText,
      outputs: any,
    },
    foreign: { ...foreignValues, handler: 'function', kind: 'runtime', image: 'docker' },
  },
  limits: {
    keys: {
      timeout: any,
      memorySize: any,
      logSize: any,
      concurrency: any,
      concurrentActivations: any,
      userInvocationRate: ignoredText,
      codeSize: ignoredText,
      parameterSize: ignoredText,
    },
    foreign: { memory: 'memorySize', logs: 'logSize', logsize: 'logSize' },
  },
  sequence: { keys: { actions: any, web: any, annotations: map, version, description: text } },
  trigger: {
    keys: {
      feed: text,
      source: { shape: 'text', deprecatedFor: 'feed' },
      inputs: map,
      annotations: map,
      description: text,
      name: ignoredText,
      namespace: ignoredText,
      credential: ignoredText,
    },
    foreign: {
      ...foreignValues,
      cron: 'feed: /whisk.system/alarms/alarm',
      schedule: 'feed: /whisk.system/alarms/alarm',
      events: 'feed',
    },
  },
  rule: { keys: { trigger: text, action: text, annotations: map, description: text, rule: any, name: ignoredText } },
  dependency: { keys: { location: text, version, inputs: map, annotations: map } },
  route: { keys: { method: text, response: text } },
} as const satisfies Readonly<Record<string, KeyTable>>;
