import type { StatusCode } from '../entity/activation.js';
import type { ActivationMessage } from './activation-message.js';

/** A finished activation: its record is committed when this is handed out (RS-103). */
export interface FinishedActivation {
  readonly statusCode: StatusCode;
  /** The result as JSON text, byte for byte as the runtime sent it where it is passed on unchanged. */
  readonly result: string;
  /** The record as JSON text, as stored. */
  readonly record: string;
  readonly activationId: string;
  /** Milliseconds, as in the record. */
  readonly duration: number;
  /** Length of the runtime's answer in bytes; undefined where no runtime answered. */
  readonly size: number | undefined;
  /** Milliseconds from the request to the begin of what ran. */
  readonly waitTime: number;
  /** Milliseconds of the initialization; undefined for a warm start. */
  readonly initTime: number | undefined;
}

/** One live runtime, for `rt platform ps`. */
export interface ContainerStatus {
  readonly id: string;
  readonly driverId: string;
  readonly kind: string;
  /** MB. */
  readonly memory: number;
  readonly state: 'starting' | 'stem cell' | 'busy' | 'idle' | 'paused' | 'removing';
  /** `ns/[pkg/]name`; absent on stem cells. */
  readonly action?: string;
  /** Seconds since it was created. */
  readonly age: number;
  readonly activations: number;
}

/** Thrown by `activate` when the queue is full; the controller answers 429 (RS-165). */
export class QueueFull extends Error {
  constructor(
    readonly count: number,
    readonly allowed: number,
  ) {
    super(`${String(count)} activations are waiting`);
    this.name = 'QueueFull';
  }
}

/** Thrown by `activate` once `drain` was called; the controller answers 503. */
export class ShuttingDown extends Error {
  constructor() {
    super('the platform is stopping');
    this.name = 'ShuttingDown';
  }
}

/** Turns activation messages into runs and records: what the controller needs of an invoker. */
export interface ActivationInvoker {
  /**
   * Runs one activation. Every outcome of the action or the runtime is a record, not an exception.
   * Rejects only with QueueFull or ShuttingDown, before anything ran.
   */
  activate(message: ActivationMessage): Promise<FinishedActivation>;
  /**
   * Runs what consists of several activations, a sequence or a composition, as one whole: it is in flight until it has ended, also between
   * two of its activations, and a drain gives it time to go on (RS-145). Rejects with ShuttingDown as `activate` does, and as `work` does.
   */
  whole<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Undefined, or when half of what may wait does: what an accepted activation's answer waits for, 100 ms at most, so that
   * nobody sends faster than the pool works (RS-165).
   */
  room(): Promise<void> | undefined;
  /** Activations running or waiting, and wholes. */
  readonly inFlight: number;
}

/** An invoker as its owner sees it. */
export interface Invoker extends ActivationInvoker {
  containers(): ContainerStatus[];
  /** Refuses new work, waits up to `timeout` ms for what runs, then ends it (RS-145). Idempotent. */
  drain(timeout: number): Promise<void>;
}
