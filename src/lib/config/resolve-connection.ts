import { ConfigError } from '../errors/client-errors.js';
import { normaliseApihost } from './apihost.js';
import type { Connection, Sourced } from './connection.js';
import { resolveSettings, type Setting, type SettingKey, type Settings, type SettingSources } from './settings.js';

/** The target of the local platform: host and key are known only once its state has been read. */
export type LocalTarget = Omit<Connection, 'apihost' | 'auth'> & { readonly local: true };

/** Where requests go: a configured host, or the local platform. */
export type Target = (Connection & { readonly local: false }) | LocalTarget;

function onOff(setting: Setting | undefined): Sourced<boolean> {
  if (setting === undefined) return { value: false, source: 'default' };
  return { value: !/^(?:0|false|no|off)$/i.test(setting.value), source: setting.source };
}

function numberOf(setting: Setting, what: string): Sourced<number> {
  if (/^\d+$/.test(setting.value)) return { value: Number(setting.value), source: setting.source };
  throw new ConfigError(`'${setting.value}' (from ${setting.source}) is not a valid ${what}`, {
    hint: 'write a whole number, 0 or more',
  });
}

function certificates(values: Settings['values']): Pick<Connection, 'cert' | 'key' | 'cacert'> {
  const [cert, key, cacert] = [values.get('cert'), values.get('key'), values.get('cacert')];
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'Certificate' : 'Key';
    throw new ConfigError(`The ${missing} file is not configured. Please configure the missing ${missing} file.`);
  }
  return {
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(cacert === undefined ? {} : { cacert }),
  };
}

function gateway(values: Settings['values']): Pick<Connection, 'gatewayToken' | 'gatewayTenant'> {
  const [gatewayToken, gatewayTenant] = [values.get('apigw_token'), values.get('apigw_tenant')];
  return {
    ...(gatewayToken === undefined ? {} : { gatewayToken }),
    ...(gatewayTenant === undefined ? {} : { gatewayTenant }),
  };
}

/** A host from a project file is used only with a key from the same file or a flag (RS-228). */
function checkProjectHost(apihost: Setting, auth: Setting): void {
  if (apihost.origin !== 'project' || auth.origin === 'project' || auth.origin === 'flag') return;
  throw new ConfigError(`the project sets the API host (${apihost.source}) but the key comes from ${auth.source}`, {
    hint: 'select a connection with --context, or give the key with --auth',
  });
}

/** Both or neither must be configured (C-18). */
function checkComplete(apihost: Setting | undefined, auth: Setting | undefined): void {
  if (apihost !== undefined && auth === undefined) {
    throw new ConfigError(`an API host is configured (from ${apihost.source}) but no authorization key`, {
      hint: 'rt property set --auth UUID:KEY',
    });
  }
  if (apihost === undefined && auth !== undefined) {
    throw new ConfigError(`an authorization key is configured (from ${auth.source}) but no API host`, {
      hint: 'rt property set --apihost HOST',
    });
  }
}

function plain(values: Settings['values'], key: SettingKey, fallback: string): Sourced<string> {
  const setting = values.get(key);
  // NAMESPACE of .wskprops is only shown, never used for requests (C-10).
  if (setting === undefined || (key === 'namespace' && setting.origin === 'user')) {
    return { value: fallback, source: 'default' };
  }
  return setting;
}

/**
 * Decides where requests go (C-15 to C-18). Throws ConfigError for settings that are contradictory or incomplete; without any host and
 * key the target is the local platform.
 */
export function resolveTarget(sources: SettingSources): Target {
  const { values, context } = resolveSettings(sources);
  const [apihost, auth, timeout, retries] = [
    values.get('apihost'),
    values.get('auth'),
    values.get('timeout'),
    values.get('retries'),
  ];
  const general = {
    namespace: plain(values, 'namespace', '_'),
    apiversion: plain(values, 'apiversion', 'v1'),
    insecure: onOff(values.get('insecure')),
    ...certificates(values),
    ...(timeout === undefined ? {} : { timeout: numberOf(timeout, 'time for a request') }),
    retries: retries === undefined ? { value: 2, source: 'default' } : numberOf(retries, 'number of retries'),
    ...gateway(values),
  };
  checkComplete(apihost, auth);
  if (apihost === undefined || auth === undefined) {
    if (context === 'wskprops') throw new ConfigError('the properties file has neither an API host nor a key');
    return { ...general, local: true };
  }
  checkProjectHost(apihost, auth);
  const url = normaliseApihost(apihost.value, apihost.source);
  return { ...general, local: false, apihost: { value: url, source: apihost.source }, auth };
}
