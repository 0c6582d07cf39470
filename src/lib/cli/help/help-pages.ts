import type { HelpPage } from './help-page.js';
import { configPage } from './pages/config.js';
import { connectionPage } from './pages/connection.js';
import { environmentPage } from './pages/environment.js';
import { exitCodesPage } from './pages/exit-codes.js';
import { kindsPage } from './pages/kinds.js';
import { migratingFromAioPage, migratingFromOpsPage, migratingFromWskPage } from './pages/migrating.js';
import { namesPage } from './pages/names.js';
import { outputPage } from './pages/output.js';
import { paramsPage } from './pages/params.js';
import type { HelpPageName } from './page-names.js';

/** Pages of prose, by the word behind `rt help` (C-78). */
export const helpPages: Readonly<Record<HelpPageName, HelpPage>> = {
  config: configPage,
  connection: connectionPage,
  environment: environmentPage,
  'exit-codes': exitCodesPage,
  kinds: kindsPage,
  'migrating-from-aio': migratingFromAioPage,
  'migrating-from-ops': migratingFromOpsPage,
  'migrating-from-wsk': migratingFromWskPage,
  names: namesPage,
  output: outputPage,
  params: paramsPage,
};
