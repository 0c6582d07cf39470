import { dirname } from 'node:path';
import type { Clock } from '../entity/clock.js';
import type { JsonObject } from '../entity/json.js';
import { configVersion, readConfigDocument } from './config-file.js';
import { exclusively, type FileUpdate, isOpenToOthers } from './private-file.js';

/** Makes a new document of the old one; may throw when the old one does not allow the change. */
export type ConfigChange = (document: JsonObject) => JsonObject;

/**
 * Changes `config.json`. Changes of several processes follow each other, none is lost (RS-163); unknown members stay (RS-273); a damaged
 * file is not touched (RS-164). The file is written atomically with mode 0600 (RS-231).
 */
export function changeConfig(path: string, change: ConfigChange, clock: Clock): Promise<FileUpdate> {
  const write = async (target: string): Promise<FileUpdate> => {
    const document = change(readConfigDocument(target));
    const tightened = isOpenToOthers(target);
    const { default: Conf } = await import('conf');
    const store = new Conf<Record<string, unknown>>({
      cwd: dirname(target),
      configName: 'config',
      configFileMode: 0o600,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    });
    store.store = { version: configVersion, ...document };
    return { tightened };
  };
  return exclusively(path, write, clock);
}
