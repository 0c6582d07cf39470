import { join, resolve } from 'node:path';
import { type AioConfig, aioPropertiesVariable, globalAioPath, readAioConfig } from './aio-config.js';
import { readTextFile } from './private-file.js';
import { emptyRow, type Env, filled, type Row, type Setting, type SettingKey, shownPath } from './setting.js';
import { Wskprops } from './wskprops.js';

/** The names of keys in a properties file. */
export const propertyNames: Readonly<Partial<Record<SettingKey, string>>> = {
  apihost: 'APIHOST',
  auth: 'AUTH',
  apiversion: 'APIVERSION',
  namespace: 'NAMESPACE',
  cert: 'CERT',
  key: 'KEY',
  insecure: 'INSECURE',
  apigw_token: 'APIGW_ACCESS_TOKEN',
  apigw_tenant: 'APIGW_TENANT_ID',
};

/** Where a user's files lie. */
export interface UserPlace {
  readonly env: Env;
  readonly home: string;
  readonly cwd: string;
}

/** A properties file: its path, and whether a project chose it. */
interface PropertiesPlace {
  readonly path: string;
  readonly origin: Setting['origin'];
}

/** The file of row 9: `WSK_CONFIG_FILE`, else `runtime.config_file` of aio, else `~/.wskprops`. Undefined when the first is empty (C-19). */
function propertiesPlace(
  { env, home, cwd }: UserPlace,
  aio: { readonly project: AioConfig | undefined; readonly user: AioConfig | undefined },
): PropertiesPlace | undefined {
  const chosen = env.WSK_CONFIG_FILE;
  if (chosen !== undefined) return chosen === '' ? undefined : { path: resolve(cwd, chosen), origin: 'user' };
  const variable = aioPropertiesVariable(env);
  if (variable !== undefined) return { path: resolve(cwd, variable), origin: 'user' };
  // A file that a project names is no safer than the project itself (RS-228).
  const named = aio.project?.get('config_file');
  if (named !== undefined) return { path: resolve(cwd, named), origin: 'project' };
  return { path: resolve(cwd, aio.user?.get('config_file') ?? join(home, '.wskprops')), origin: 'user' };
}

/** The properties file that commands change: that of the user, whatever a project says. */
export async function propertiesPath(place: UserPlace): Promise<string | undefined> {
  const user = await readAioConfig(globalAioPath(place.env, place.home));
  const config = user === undefined || 'skipped' in user ? undefined : user;
  return propertiesPlace(place, { project: undefined, user: config })?.path;
}

/** Row 9 of C-15: the properties file. */
export function propertiesRow(
  place: UserPlace,
  aio: { readonly project: AioConfig | undefined; readonly user: AioConfig | undefined },
): Row {
  const found = propertiesPlace(place, aio);
  const text = found === undefined ? undefined : readTextFile(found.path);
  if (found === undefined || text === undefined) return emptyRow;
  const { path, origin } = found;
  const properties = Wskprops.parse(text);
  const more = origin === 'project' ? { file: path } : {};
  return (key) => {
    const name = propertyNames[key];
    const value = name === undefined ? undefined : properties.get(name);
    if (!filled(value)) return undefined;
    const shownOnly = key === 'namespace' ? { shownOnly: true } : {};
    return { value, source: shownPath(path, place.home), origin, ...more, ...shownOnly };
  };
}
