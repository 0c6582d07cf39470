import type { Parameter } from '../../entity/parameters.js';

/** An action of a system package. */
export interface SystemAction {
  readonly name: string;
  readonly description: string;
  /** File of its source below the folder of the package. */
  readonly source: string;
  /** Whether triggers can be created with it (openwhisk-api.md §15.1). */
  readonly isFeed?: true;
}

/** A package in `whisk.system` that everybody can read and use. */
export interface SystemPackage {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly actions: readonly SystemAction[];
}

/** To be raised with every change of the table below or of a source, so that stores of earlier versions get it. */
export const systemPackagesVersion = 2;

/** The feeds that the platform answers itself (openwhisk-api.md §15.2). */
export const alarmsPackage: SystemPackage = {
  name: 'alarms',
  description: 'Alarms and periodic triggers',
  parameters: [
    { key: 'apihost', value: '' },
    { key: 'trigger_payload', value: '' },
  ],
  actions: [
    { name: 'alarm', description: 'Fire a trigger when a cron pattern says so', source: 'feed.cjs', isFeed: true },
    { name: 'once', description: 'Fire a trigger once, at a date', source: 'feed.cjs', isFeed: true },
    { name: 'interval', description: 'Fire a trigger every so many minutes', source: 'feed.cjs', isFeed: true },
  ],
};

/** The packages whose actions run in a Node.js runtime. */
export const nodePackages: readonly SystemPackage[] = [
  {
    name: 'utils',
    description: 'Building blocks that format and assemble data',
    parameters: [],
    actions: [
      { name: 'echo', description: 'Return the input', source: 'echo.cjs' },
      { name: 'cat', description: 'Join lines to a text', source: 'cat.cjs' },
      { name: 'split', description: 'Split a text into lines', source: 'split.cjs' },
      { name: 'sort', description: 'Sort lines', source: 'sort.cjs' },
      { name: 'head', description: 'Take the first lines', source: 'head.cjs' },
      { name: 'date', description: 'Tell date and time', source: 'date.cjs' },
      { name: 'smash', description: 'Put all arguments below one name', source: 'smash.cjs' },
      { name: 'namespace', description: 'Tell the namespace of the caller', source: 'namespace.cjs' },
      { name: 'hosturl', description: 'Tell the URL of an action or a trigger', source: 'hosturl.cjs' },
    ],
  },
  {
    name: 'samples',
    description: 'A few actions to try a platform with',
    parameters: [],
    actions: [
      { name: 'greeting', description: 'Greet somebody', source: 'greeting.cjs' },
      { name: 'helloWorld', description: 'Write to the log', source: 'hello-world.cjs' },
      { name: 'curl', description: 'Fetch what is at a URL', source: 'curl.cjs' },
      { name: 'wordCount', description: 'Count the words of a text', source: 'word-count.cjs' },
    ],
  },
];
