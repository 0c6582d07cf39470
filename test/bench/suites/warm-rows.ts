import type { LoadResult } from '../load/run-load.js';
import type { Row } from '../row.js';
import type { WarmServer } from './warm-stage.js';

/** A row and how it comes out of one load on a candidate and one on a floor. */
export interface WarmRow extends Row {
  readonly candidate: WarmServer;
  readonly floor: WarmServer;
  readonly connections: number;
  readonly take: (result: LoadResult) => number;
  /** Unit of what is taken. */
  readonly of: string;
  /** Of candidate and floor in one round. */
  readonly combine: (candidate: number, floor: number) => number;
}

const ratio = (candidate: number, floor: number): number => candidate / floor;
const difference = (candidate: number, floor: number): number => candidate - floor;
const ours = { candidate: 'RT', direction: 'atMost', combine: ratio } as const;
const p50 = { ...ours, take: (result: LoadResult) => result.p50, of: 'ms', connections: 1 } as const;
const p99 = { ...ours, take: (result: LoadResult) => result.p99, of: 'ms' } as const;
const rate = { ...ours, direction: 'atLeast', take: (result: LoadResult) => result.rate, of: 'req/s' } as const;
const added = { ...p50, combine: difference, unit: 'ms' } as const;
const errors = { ...ours, take: (result: LoadResult) => result.errors, of: 'answers', unit: 'answers' } as const;
const only = (candidate: number): number => candidate;

/** P-20 to P-2A. */
export const warmRows: readonly WarmRow[] = [
  { id: 'P-20', what: 'p50, 1 connection, over R0', floor: 'R0', gate: 8, goal: 4, ...p50 },
  { id: 'P-21', what: 'p50, 1 connection, over FF', floor: 'FF', gate: 1.2, goal: 0.6, ...p50 },
  { id: 'P-22', what: 'added to p50, 1 connection', floor: 'R0', gate: 1, goal: 0.2, ...added },
  { id: 'P-23', what: 'req/s, 16 connections, over FF', floor: 'FF', connections: 16, gate: 1, goal: 2, ...rate },
  { id: 'P-23b', what: 'req/s, 64 connections, over FF', floor: 'FF', connections: 64, gate: 1, goal: 2, ...rate },
  { id: 'P-24', what: 'req/s, 16 connections, over H0', floor: 'H0', connections: 16, gate: 0.1, goal: 0.2, ...rate },
  { id: 'P-24b', what: 'req/s, 64 connections, over H0', floor: 'H0', connections: 64, gate: 0.1, goal: 0.2, ...rate },
  { id: 'P-25', what: 'p99, 64 connections, over FF', floor: 'FF', connections: 64, gate: 1.2, goal: 0.5, ...p99 },
  {
    ...errors,
    id: 'P-25b',
    what: 'answers but 2xx, 64 connections',
    floor: 'FF',
    connections: 64,
    gate: 0,
    goal: 0,
    combine: only,
  },
];

const beside16 = { floor: 'RT', connections: 16, ...rate } as const;

/** P-26 to P-2A: our platform in other circumstances, over itself. */
export const variantRows: readonly WarmRow[] = [
  {
    ...rate,
    id: 'P-26',
    what: 'req/s, 16 connections, with record and logs over without',
    floor: 'RT without record and logs',
    connections: 16,
    gate: 0.6,
    goal: 0.8,
  },
  {
    ...beside16,
    id: 'P-27',
    what: 'req/s, 4 connections, 8 actions in turn over one',
    candidate: 'RT 8 actions',
    connections: 4,
    gate: 0.6,
    goal: 0.9,
  },
  {
    ...beside16,
    id: 'P-27b',
    what: 'req/s, 16 connections, 8 actions in turn over one: more than fit',
    candidate: 'RT 8 actions',
    gate: 0.6,
    goal: 0.9,
  },
  {
    ...beside16,
    id: 'P-28',
    what: 'req/s, 16 connections, non-blocking over blocking',
    candidate: 'RT non-blocking',
    gate: 1,
    goal: 1.5,
  },
  {
    ...p50,
    id: 'P-29',
    what: 'p50, sequence of 3 over one action',
    candidate: 'RT sequence',
    floor: 'RT',
    gate: 4,
    goal: 3,
  },
  {
    ...added,
    id: 'P-2A',
    what: 'the record before the answer, added to p50 over no record',
    floor: 'RT without record',
    gate: 0.25,
    goal: 0.1,
  },
  {
    ...rate,
    id: 'P-2Ab',
    what: 'req/s, 64 connections, record before the answer over no record',
    floor: 'RT without record',
    connections: 64,
    gate: 0.7,
    goal: 0.9,
  },
];
