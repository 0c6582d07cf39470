import { resolve } from 'node:path';
import { storedApihost } from '../config/apihost.js';
import { changeContext, checkContextName } from '../config/context-changes.js';
import { changeProperties, type PropertyChanges } from '../config/properties-file.js';
import { propertiesPath } from '../config/properties-row.js';
import { pathKeys, type SettingKey } from '../config/setting.js';
import { builtInContexts, explicitContext } from '../config/settings.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';
import { storeConfig, storedConfig } from './store-config.js';

/** Where changed properties lie now. */
export interface PropertiesPlace {
  /** A path, or `context NAME`. */
  readonly place: string;
}

async function changeSelected(name: string, changes: PropertyChanges, session: Session): Promise<PropertiesPlace> {
  checkContextName(name);
  const values = [...changes].map(([key, value]): [SettingKey, string | undefined] => {
    if (value === undefined) return [key, value];
    if (key === 'apihost') return [key, storedApihost(value, '--apihost')];
    return [key, pathKeys.has(key) ? resolve(session.environment.cwd, value) : value];
  });
  await storeConfig(session, changeContext(name, new Map(values)));
  session.terminal.note(`the context ${name} was changed, not the properties file`);
  return { place: `context ${name}` };
}

/** The context that goes before the properties file; a damaged config.json is no reason not to change another file. */
function stronger(session: Session): string | undefined {
  try {
    const { current } = storedConfig(session);
    return current === undefined || current === 'wskprops' ? undefined : current;
  } catch {
    return undefined;
  }
}

/**
 * Changes properties where they belong: in the context that `--context` or `RT_CONTEXT` selects, else in the properties file (C-72). Tells
 * on stderr what the user may not expect.
 */
export async function storeProperties(changes: PropertyChanges, session: Session): Promise<PropertiesPlace> {
  const selected = explicitContext(settingSources(session, new Set()))?.name;
  if (selected !== undefined && (selected === 'local' || !builtInContexts.includes(selected))) {
    return changeSelected(selected, changes, session);
  }
  const { environment, terminal } = session;
  const path = await propertiesPath(environment);
  const { tightened } = await changeProperties(path, changes, environment.clock);
  if (tightened) terminal.note(`${String(path)} is now readable only for its owner`);
  const current = selected === undefined ? stronger(session) : undefined;
  if (current !== undefined) terminal.note(`the context ${current} is in use and goes before ${String(path)}`);
  return { place: path ?? '' };
}
