import type { Step } from './steps.js';

/** The steps of a warm invoke in the platform's process, as `docs/performance.md` walks them. */
export const warmSteps: readonly Step[] = [
  {
    name: 'take the request: route, guard, identity, rates',
    functions: ['parametersOf', 'Exchange', 'admit'],
  },
  { name: 'read the body', functions: ['readBody', 'collect', 'decode', 'optionalObject'] },
  { name: 'find the action, merge the arguments', functions: ['lookUp', 'prepare', 'mergePayload', 'toMessage'] },
  { name: 'choose the container', functions: ['placementOf', 'submit', 'assign'] },
  { name: 'the frame to the runtime', functions: ['runRequest', 'PendingAnswer', 'writeUtf8String', 'writeGeneric'] },
  { name: 'the answer of the runtime', functions: ['push', 'complete', 'runOutcome', 'collectLogs'] },
  { name: 'build the record', functions: ['buildActivation'] },
  { name: 'write the record to the journal', functions: ['append', 'encodeFrames', 'partsOf'] },
  { name: 'fold the journal into the tables', functions: ['foldInBackground', 'foldGroup', 'foldAll'] },
  { name: 'the HTTP answer', functions: ['answer', 'writeHead', 'writevGeneric', 'writev'] },
  { name: 'collection of garbage', functions: ['(garbage collector)'] },
];
