import type { Suite } from './row.js';
import { firstInvokeSuite } from './suites/first-invoke-suite.js';
import { startUpSuite } from './suites/start-up-suite.js';
import { variantSuite, warmSuite } from './suites/warm-suite.js';

/** Every suite of the bench; the steady ones first, so that a short run has them before its time is over. */
export const suites: readonly Suite[] = [startUpSuite, firstInvokeSuite, warmSuite, variantSuite];
