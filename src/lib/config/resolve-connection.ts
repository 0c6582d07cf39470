import { ConfigError } from '../errors/client-errors.js';
import { normaliseApihost } from './apihost.js';
import type { Connection, Sourced } from './connection.js';
import { configPath, readConfigFile } from './config-file.js';
import type { Setting, SettingKey } from './setting.js';
import type { SelectedContext, Settings, SettingSources } from './settings.js';

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

/** Refuses a client certificate without its key, and the reverse (C-55). */
export function checkCertificatePair(cert: string | undefined, key: string | undefined): void {
  if ((cert === undefined) === (key === undefined)) return;
  const missing = cert === undefined ? 'Certificate' : 'Key';
  throw new ConfigError(`The ${missing} file is not configured. Please configure the missing ${missing} file.`);
}

function certificates(values: Settings['values']): Pick<Connection, 'cert' | 'key' | 'cacert'> {
  const [cert, key, cacert] = [values.get('cert'), values.get('key'), weakening('cacert', values)];
  checkCertificatePair(cert?.value, key?.value);
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

/** Whether `rt context trust` was said of this file while it named this host. */
function isTrusted(apihost: Setting, sources: SettingSources): boolean {
  const { file, value } = apihost;
  return file !== undefined && readConfigFile(configPath(sources)).trusted.get(file) === value;
}

/** A host from a project file is used only with a key from a project file or a flag, or when the user trusts the project (RS-228). */
function checkProjectHost(apihost: Setting, auth: Setting, sources: SettingSources): void {
  if (apihost.origin !== 'project' || auth.origin === 'project' || auth.origin === 'flag') return;
  if (isTrusted(apihost, sources)) return;
  throw new ConfigError(`the project sets the API host (${apihost.source}) but the key comes from ${auth.source}`, {
    hint: 'select a connection with --context, give the key with --auth, or say rt context trust if you trust the project',
  });
}

/**
 * What weakens TLS counts only where it belongs: from a context or project file only for the host of the same, and a context takes
 * `insecure` from nowhere else but a flag (RS-252).
 */
function weakening(key: 'insecure' | 'cacert', values: Settings['values']): Setting | undefined {
  const setting = values.get(key);
  const host = values.get('apihost')?.origin;
  if (setting === undefined || setting.origin === 'flag' || setting.origin === host) return setting;
  if (setting.origin === 'project' || (key === 'insecure' && host === 'context')) return undefined;
  return setting;
}

/** Both or neither must be configured (C-18). */
function checkComplete(
  apihost: Setting | undefined,
  auth: Setting | undefined,
  context: SelectedContext | undefined,
): void {
  if (apihost !== undefined && auth === undefined) {
    throw new ConfigError(`an API host is configured (from ${apihost.source}) but no authorization key`, {
      hint:
        apihost.origin === 'context' && context !== undefined
          ? `rt login ${apihost.value} --context ${context.name}`
          : 'rt property set --auth UUID:KEY',
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
  if (setting === undefined || setting.shownOnly === true) {
    return { value: fallback, source: 'default' };
  }
  return setting;
}

/**
 * Decides where requests go (C-15 to C-18). Throws ConfigError for settings that are contradictory or incomplete; without any host and
 * key the target is the local platform.
 */
export function targetOf({ values, context }: Settings, sources: SettingSources): Target {
  const [apihost, auth, timeout, retries] = [
    values.get('apihost'),
    values.get('auth'),
    values.get('timeout'),
    values.get('retries'),
  ];
  const general = {
    namespace: plain(values, 'namespace', '_'),
    apiversion: plain(values, 'apiversion', 'v1'),
    insecure: onOff(weakening('insecure', values)),
    ...certificates(values),
    ...(timeout === undefined ? {} : { timeout: numberOf(timeout, 'time for a request') }),
    retries: retries === undefined ? { value: 2, source: 'default' } : numberOf(retries, 'number of retries'),
    ...gateway(values),
  };
  checkComplete(apihost, auth, context);
  if (apihost === undefined || auth === undefined) {
    if (context?.name === 'wskprops') throw new ConfigError('the properties file has neither an API host nor a key');
    return { ...general, local: true };
  }
  checkProjectHost(apihost, auth, sources);
  const url = normaliseApihost(apihost.value, apihost.source);
  return { ...general, local: false, apihost: { value: url, source: apihost.source }, auth };
}
