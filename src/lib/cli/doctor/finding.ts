/** What one check of `rt doctor` found. */
export interface Finding {
  /** Stable word: `node`, `docker`, `host`, … */
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly hint?: string;
}

/** A finding from its parts; without a hint the member is left out. */
export function finding(check: string, state: Finding['state'], message: string, hint?: string): Finding {
  return { check, state, message, ...(hint === undefined ? {} : { hint }) };
}
