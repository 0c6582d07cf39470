import { type ConfigFile, configPath, readConfigFile } from '../config/config-file.js';
import { changeConfig, type ConfigChange } from '../config/config-store.js';
import type { Session } from './session.js';

/** What `config.json` of this user holds. Throws ConfigError for a damaged file. */
export function storedConfig({ environment }: Session): ConfigFile {
  return readConfigFile(configPath(environment));
}

/** Changes `config.json`, and tells when others could read it before (RS-231). */
export async function storeConfig(session: Session, change: ConfigChange): Promise<void> {
  const { environment, terminal } = session;
  const path = configPath(environment);
  const { tightened } = await changeConfig(path, change, environment.clock);
  if (tightened) terminal.note(`${path} is now readable only for its owner`);
}
