import type { Step } from './steps.js';

/** The steps of a warm invoke in the platform's process, as `docs/performance.md` walks them. */
export const warmSteps: readonly Step[] = [
  {
    name: 'route, guard, headers',
    functions: ['onIncoming', 'routing', 'preHandlerCallback', 'guardRequest', 'toPath'],
  },
  { name: 'authentication', functions: ['authenticate'] },
  { name: 'names, rates, entitlement', functions: ['entitle', 'check', 'during'] },
  { name: 'body', functions: ['readBody', 'decode', 'optionalObject'] },
  { name: 'find the action, merge the arguments', functions: ['find', 'prepare', 'mergeArguments', 'toMessage'] },
  { name: 'choose the container', functions: ['submit', 'assign', 'placementOf'] },
  { name: 'the frame to the runtime', functions: ['runRequest', 'writeUtf8String', 'writeLatin1String'] },
  { name: 'the answer of the runtime', functions: ['push', 'complete', 'runOutcome'] },
  { name: 'logs', functions: ['collectLogs', 'take'] },
  { name: 'the record', functions: ['buildActivation'] },
  { name: 'store the record', functions: ['writeAll', 'transaction', 'writeRecord'] },
  { name: 'the HTTP answer', functions: ['send', 'end', 'writeHead', 'writevGeneric', 'writev'] },
  { name: 'collection of garbage', functions: ['(garbage collector)'] },
];
