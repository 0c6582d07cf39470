import type { JsonValue } from './json.js';
import type { KeyValue } from './parameters.js';

/** Class of a result: 0 success, 1 application error, 2 action developer error, 3 whisk internal error (action-interface.md §1.6). */
export type StatusCode = 0 | 1 | 2 | 3;

/** The words that the API shows for a status code, by code. */
export const statusWords = ['success', 'application error', 'action developer error', 'whisk internal error'] as const;

/** `response` of an activation record (openwhisk-api.md §10.1). */
export interface ActivationResponse {
  readonly status: (typeof statusWords)[number];
  readonly success: boolean;
  readonly result?: JsonValue;
  /** Length in bytes of the runtime's answer; absent where no runtime answered. */
  readonly size?: number;
}

/** An activation record as the API shows it (openwhisk-api.md §10.1). Times are epoch milliseconds, durations ms. */
export interface WhiskActivation {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly subject: string;
  readonly activationId: string;
  readonly cause?: string;
  readonly start: number;
  readonly end?: number;
  readonly duration?: number;
  readonly publish: false;
  readonly annotations: readonly KeyValue[];
  readonly logs: readonly string[];
  readonly response: ActivationResponse;
}
