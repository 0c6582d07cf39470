import type { ActionLimitBounds } from '../entity/limits.js';
import type { Reading } from './reading.js';
import type { Scope } from './variables.js';

/** What everything inside one package is read with. */
export interface PackageReading {
  readonly reading: Reading;
  /** Empty for the default package. */
  readonly name: string;
  /** Variables: outside, then inputs of the package and of the project. */
  readonly scope: Scope;
  /** Limits that the platform advertises, where it is known. */
  readonly advertised: ActionLimitBounds | undefined;
}
