import { boolean, string } from '@oclif/core/flags';
import { optionalValueFlag } from './optional-value.js';
import { annotationFlags, environmentFlags, parameterFlags } from './parameters.js';
import { durationFlag, sizeFlag, wholeFlag } from './units.js';

/** What `--web` accepts in any case (C-40). */
const webWords: readonly string[] = ['true', 'yes', 'raw', 'false', 'no'];

/** What `--npm` accepts (C-35). */
const npmWords: readonly string[] = ['ci', 'install', 'none'];

const code = { helpGroup: 'ACTION' };
const limits = { helpGroup: 'LIMIT' };

/** The flags that `action create` and `action update` share (§11.1). */
const actionFlags = {
  kind: string({
    ...code,
    helpValue: 'KIND',
    summary: 'runtime of the code, such as nodejs:20 (default: by name or content)',
  }),
  docker: string({ ...code, helpValue: 'IMAGE', summary: 'run this container image, with the code if there is any' }),
  native: boolean({ ...code, summary: 'the code is a program, run in a skeleton image' }),
  main: string({ ...code, helpValue: 'NAME', summary: 'function or class that is called (default main)' }),
  binary: boolean({ ...code, allowNo: true, summary: 'send the code as binary data (default: by name and content)' }),
  npm: optionalValueFlag({
    ...code,
    helpValue: 'ci|install|none',
    optionalValue: { bare: 'auto', takes: (word) => npmWords.includes(word) },
    options: ['auto', ...npmWords],
    summary: 'install the packages of a Node.js folder in a copy first (default none; alone: ci with a lock file)',
  }),
  sequence: optionalValueFlag({
    ...code,
    helpValue: 'A,B,…',
    // The list may stand before the flag, as in wsk, or behind it (C-38).
    optionalValue: { bare: '', takes: (word, positionals) => positionals >= 1 || word.includes(',') },
    summary: 'the action is a sequence of these actions',
  }),
  copy: optionalValueFlag({
    ...code,
    helpValue: 'OTHER',
    optionalValue: { bare: '', takes: (_word, positionals) => positionals >= 1 },
    summary: 'take code, parameters, annotations and limits of another action',
  }),
  web: optionalValueFlag({
    ...code,
    helpValue: 'true|raw|false',
    // Behind NAME and FILE any word can only be a value, a wrong one too (C-40).
    optionalValue: {
      bare: 'true',
      takes: (word, positionals) => positionals >= 2 || webWords.includes(word.toLowerCase()),
    },
    summary: 'make it a web action, or end that',
  }),
  'web-secure': string({ ...code, helpValue: 'true|false|SECRET', summary: 'protect the web action with a secret' }),
  timeout: durationFlag({ ...limits, char: 't', summary: 'time limit (default 60s)' }),
  memory: sizeFlag({ ...limits, char: 'm', summary: 'memory limit (default 256MB)' }),
  logsize: sizeFlag({ ...limits, char: 'l', summary: 'log limit (default 10MB)' }),
  concurrency: wholeFlag({ ...limits, char: 'c', summary: 'activations at a time in one container (default 1)' }),
  ...parameterFlags,
  ...annotationFlags,
  ...environmentFlags,
};

/** The flags of `action create`. */
export const actionCreateFlags = {
  ...actionFlags,
  'if-not-exists': boolean({ ...code, summary: 'leave an action as it is that has the name already' }),
};

const removal = { multiple: true, multipleNonGreedy: true, helpGroup: 'PARAMETER', helpValue: 'KEY' } as const;

/** The flags of `action update`; it alone removes (C-30). */
export const actionUpdateFlags = {
  ...actionFlags,
  'del-annotation': string({ ...removal, summary: 'remove an annotation' }),
  'del-param': string({ ...removal, summary: 'remove a parameter' }),
  'del-env': string({ ...removal, summary: 'remove an environment variable' }),
};
