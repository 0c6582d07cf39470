import { defaultRetention, type RetentionLimits } from '../../src/lib/database/activation-retention.js';
import { openStore, type Store } from '../../src/lib/database/open-store.js';
import { type Clock, systemClock } from '../../src/lib/entity/clock.js';
import { RecordingLog } from '../helpers/recording-log.js';

/** Opens a store for a test; without a folder in memory. */
export function storeFor(options: {
  readonly folder?: string;
  readonly retention?: RetentionLimits;
  readonly clock?: Clock;
  readonly log?: RecordingLog;
}): Promise<Store> {
  return openStore({
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    retention: options.retention ?? defaultRetention,
    clock: options.clock ?? systemClock,
    log: options.log ?? new RecordingLog(),
  });
}
