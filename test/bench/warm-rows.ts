import type { LoadResult } from './load/run-load.js';
import type { Row } from './row.js';

/** RT: our platform. H0: bare node:http. R0: an action proxy alone. FF: the functions framework. */
export type WarmServer = 'RT' | 'H0' | 'R0' | 'FF';

/** A row and how it comes out of one load on our platform and one on a floor. */
export interface WarmRow extends Row {
  readonly floor: Exclude<WarmServer, 'RT'>;
  readonly connections: number;
  readonly take: (result: LoadResult) => number;
  /** Unit of what is taken. */
  readonly of: string;
  /** Of candidate and floor in one round. */
  readonly combine: (candidate: number, floor: number) => number;
}

const ratio = (candidate: number, floor: number): number => candidate / floor;
const difference = (candidate: number, floor: number): number => candidate - floor;
const p50 = { direction: 'atMost', take: ({ p50: value }: LoadResult) => value, of: 'ms', combine: ratio } as const;
const p99 = { direction: 'atMost', take: ({ p99: value }: LoadResult) => value, of: 'ms', combine: ratio } as const;
const rate = {
  direction: 'atLeast',
  take: ({ rate: value }: LoadResult) => value,
  of: 'req/s',
  combine: ratio,
} as const;
const errors = {
  direction: 'atMost',
  take: ({ errors: value }: LoadResult) => value,
  of: 'answers',
  combine: (candidate: number) => candidate,
} as const;

/** P-20 to P-25 of performance.md §2. */
export const warmRows: readonly WarmRow[] = [
  { id: 'P-20', what: 'p50, 1 connection, over R0', floor: 'R0', connections: 1, gate: 8, goal: 4, ...p50 },
  { id: 'P-21', what: 'p50, 1 connection, over FF', floor: 'FF', connections: 1, gate: 1.2, goal: 0.6, ...p50 },
  {
    ...p50,
    id: 'P-22',
    what: 'added to p50',
    floor: 'R0',
    connections: 1,
    gate: 1,
    goal: 0.2,
    unit: 'ms',
    combine: difference,
  },
  { id: 'P-23', what: 'req/s, 16 connections, over FF', floor: 'FF', connections: 16, gate: 1, goal: 2, ...rate },
  { id: 'P-23b', what: 'req/s, 64 connections, over FF', floor: 'FF', connections: 64, gate: 1, goal: 2, ...rate },
  { id: 'P-24', what: 'req/s, 16 connections, over H0', floor: 'H0', connections: 16, gate: 0.1, goal: 0.2, ...rate },
  { id: 'P-24b', what: 'req/s, 64 connections, over H0', floor: 'H0', connections: 64, gate: 0.1, goal: 0.2, ...rate },
  { id: 'P-25', what: 'p99, 64 connections, over FF', floor: 'FF', connections: 64, gate: 1.2, goal: 0.5, ...p99 },
  {
    id: 'P-25b',
    what: 'not 2xx, 64 connections',
    floor: 'FF',
    connections: 64,
    gate: 0,
    goal: 0,
    unit: 'answers',
    ...errors,
  },
];
