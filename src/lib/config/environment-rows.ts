import { type Env, filled, type Row, type SettingKey } from './setting.js';

type Names = Partial<Record<SettingKey, readonly string[]>>;

const whiskNames: Names = {
  apihost: ['WHISK_APIHOST'],
  auth: ['WHISK_AUTH'],
  apiversion: ['WHISK_APIVERSION'],
  namespace: ['WHISK_NAMESPACE'],
};

const actionNames: Names = {
  apihost: ['__OW_API_HOST'],
  auth: ['__OW_API_KEY'],
  namespace: ['__OW_NAMESPACE'],
  insecure: ['__OW_IGNORE_CERTS'],
  apigw_token: ['__OW_APIGW_TOKEN'],
  apigw_tenant: ['__OW_APIGW_SPACE_GUID', '__OW_APIGW_SPACE_SUID'],
};

function rtNames(key: SettingKey): readonly string[] {
  return [key === 'timeout' ? 'RT_HTTP_TIMEOUT' : `RT_${key.toUpperCase()}`];
}

/** aio reads `AIO_RUNTIME_APIHOST` and `AIO_runtime_apihost`; `_` in a key is written `__`. */
export function aioVariables(key: string): readonly string[] {
  const name = key.replaceAll('_', '__');
  return [`AIO_RUNTIME_${name.toUpperCase()}`, `AIO_runtime_${name}`];
}

/** Names of rows 2 to 5 of C-15, in order. */
const rowsOfNames: readonly ((key: SettingKey) => readonly string[])[] = [
  rtNames,
  (key) => whiskNames[key] ?? [],
  (key) => actionNames[key] ?? [],
  aioVariables,
];

/** The variables that can hold a key, the one that counts first. */
export function variablesOf(key: SettingKey): readonly string[] {
  return rowsOfNames.flatMap((namesOf) => namesOf(key));
}

/** Rows 2 to 5 of C-15: the environment. */
export function environmentRow(env: Env): Row {
  return (key) => {
    const name = variablesOf(key).find((candidate) => filled(env[candidate]));
    const value = name === undefined ? undefined : env[name];
    return name === undefined || value === undefined ? undefined : { value, source: name, origin: 'environment' };
  };
}
