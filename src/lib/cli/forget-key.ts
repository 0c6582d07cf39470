import { changeContext } from '../config/context-changes.js';
import { changeProperties } from '../config/properties-file.js';
import { propertiesPath } from '../config/properties-row.js';
import type { SettingKey } from '../config/setting.js';
import { UsageError } from '../errors/client-errors.js';
import type { Session } from './session.js';
import { storeConfig } from './store-config.js';

/** Removes the stored key of a context; the host stays. The key of the local platform is its own: a UsageError. */
export async function forgetKey(name: string, session: Session): Promise<void> {
  const { environment } = session;
  if (name === 'local') {
    throw new UsageError('the key of the local platform is not stored here', {
      hint: 'rt platform reset gives it a new one',
    });
  }
  if (name === 'wskprops') {
    await changeProperties(await propertiesPath(environment), new Map([['auth', undefined]]), environment.clock);
    return;
  }
  const keys: [SettingKey, undefined][] = [
    ['auth', undefined],
    ['apigw_token', undefined],
  ];
  await storeConfig(session, changeContext(name, new Map(keys)));
}
