import { join } from 'node:path';

/** What decides about the places of our own files. */
export interface HomeSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

/** `RT_HOME`: the folder of the local platform (§4). */
export function rtHome({ env, home, platform }: HomeSurroundings): string {
  const chosen = filled(env.RT_HOME);
  if (chosen !== undefined) return chosen;
  if (platform === 'win32') return join(filled(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local'), 'rt');
  return join(filled(env.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'rt');
}

/** `RT_CONFIG_DIR`: the folder of `config.json` (§4). */
export function configFolder({ env, home, platform }: HomeSurroundings): string {
  const chosen = filled(env.RT_CONFIG_DIR);
  if (chosen !== undefined) return chosen;
  if (platform === 'win32') return join(filled(env.APPDATA) ?? join(home, 'AppData', 'Roaming'), 'rt');
  return join(filled(env.XDG_CONFIG_HOME) ?? join(home, '.config'), 'rt');
}
