import { boolean, string } from '@oclif/core/flags';
import { outputFormats } from '../output-mode.js';
import { selectsTopic, traceTopics } from '../traces.js';
import { optionalValueFlag } from './optional-value.js';
import { durationFlag, invalidValue, wholeFlag } from './units.js';

const connection = { helpGroup: 'CONNECTION' };
const output = { helpGroup: 'OUTPUT' };

/** The flags of §3, on every command. Environment variables are read in `config`, where each value keeps its source. */
export const globalFlags = {
  apihost: string({ ...connection, helpValue: 'HOST', summary: 'API host: host, host:port or URL' }),
  auth: string({
    ...connection,
    char: 'u',
    helpValue: 'UUID:KEY',
    summary: 'authorization key; - reads it from stdin',
  }),
  apiversion: string({ ...connection, helpValue: 'VERSION', summary: 'API version (default v1)' }),
  namespace: string({ ...connection, helpValue: 'NAMESPACE', summary: 'namespace (default: that of the key)' }),
  context: string({ ...connection, helpValue: 'NAME', summary: 'named connection' }),
  insecure: boolean({ ...connection, char: 'i', summary: 'do not verify TLS certificates' }),
  cacert: string({ ...connection, helpValue: 'FILE', summary: 'PEM file with certificates to trust in addition' }),
  cert: string({ ...connection, helpValue: 'FILE', summary: 'client certificate' }),
  key: string({ ...connection, helpValue: 'FILE', summary: 'key of the client certificate' }),
  'timeout-http': durationFlag({ ...connection, summary: 'time for a whole request (default 60s)' }),
  retries: wholeFlag({ ...connection, summary: 'further attempts for reads that fail to connect (default 2)' }),
  'no-autostart': boolean({ ...connection, summary: 'do not start the local platform on demand' }),
  useragent: string({ ...connection, hidden: true, helpValue: 'TEXT' }),
  'use-runtime-auth': boolean({ ...connection, hidden: true }),
  verbose: boolean({ ...output, char: 'v', summary: 'show requests and responses on stderr' }),
  debug: optionalValueFlag({
    ...output,
    char: 'd',
    helpValue: 'FILTER',
    optionalValue: { bare: '*' },
    parse: (filter) =>
      selectsTopic(filter)
        ? Promise.resolve(filter)
        : Promise.reject(invalidValue(filter, 'debug', `one or more of ${traceTopics.join(', ')}`)),
    summary: 'as --verbose, uncut, with internals and stack traces; --debug=http narrows',
  }),
  quiet: boolean({ ...output, char: 'q', summary: 'only the data asked for' }),
  json: optionalValueFlag({
    ...output,
    optionalValue: { bare: 'auto' },
    options: ['auto', 'pretty', 'compact'],
    summary: 'one JSON document instead of text',
  }),
  output: string({ ...output, options: [...outputFormats], summary: 'form of the answer' }),
  color: boolean({ ...output, allowNo: true, summary: 'use colours (default: on a terminal)' }),
  yes: boolean({ ...output, summary: 'answer every prompt with yes' }),
  'no-input': boolean({ ...output, summary: 'never prompt' }),
  help: boolean({ ...output, char: 'h', summary: 'show help' }),
};
