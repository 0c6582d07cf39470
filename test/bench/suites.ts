import type { Suite } from './row.js';
import { coldSuite } from './suites/cold-suite.js';
import { deploySuite } from './suites/deploy-suite.js';
import { dockerSuite } from './suites/docker-suite.js';
import { firstInvokeSuite } from './suites/first-invoke-suite.js';
import { footprintSuite, memoryGrowthSuite } from './suites/footprint-suite.js';
import { growthSuite } from './suites/growth-suite.js';
import { packageSuite } from './suites/package-suite.js';
import { startUpSuite } from './suites/start-up-suite.js';
import { variantSuite, warmSuite } from './suites/warm-suite.js';

/** Every suite of the bench; the steady ones first, so that a short run has them before its time is over. */
export const suites: readonly Suite[] = [
  packageSuite,
  deploySuite,
  startUpSuite,
  firstInvokeSuite,
  warmSuite,
  variantSuite,
  coldSuite,
  dockerSuite,
  growthSuite,
  footprintSuite,
  memoryGrowthSuite,
];
