import type { Exec } from './exec.js';
import type { ActionLimits } from './limits.js';
import type { KeyValue, Parameter } from './parameters.js';

/** An action as stored. `namespace` is `ns` or `ns/pkg`; the code stands beside it in the store (openwhisk-api.md §7.2). */
export interface WhiskAction {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly publish: boolean;
  readonly annotations: readonly KeyValue[];
  readonly parameters: readonly Parameter[];
  readonly limits: ActionLimits;
  readonly exec: Exec;
  /** Epoch milliseconds of the last write. */
  readonly updated: number;
}
