import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../entity/json.js';
import { EngineError } from './engine-error.js';

/** Where a container engine listens. */
export interface EngineAddress {
  /** As a user would write it in `DOCKER_HOST`. */
  readonly name: string;
  /** Options of the client library. */
  readonly options:
    | { readonly socketPath: string }
    | {
        readonly protocol: 'http' | 'https';
        readonly host: string;
        readonly port: number;
        readonly ca?: Buffer;
        readonly cert?: Buffer;
        readonly key?: Buffer;
      };
  /** Whether somebody has chosen it, by `DOCKER_HOST` or a context; other addresses are only usual ones. */
  readonly chosen: boolean;
}

/** What decides where an engine is looked for. */
export interface EngineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  readonly platform: string;
  /** Number of the user, where there are numbers. */
  readonly user: number | undefined;
}

/**
 * Addresses to try, in this order: `DOCKER_HOST`, the current context of the docker command, the usual sockets of Docker and Podman that
 * exist. A chosen address is the only one. Throws EngineError for one that cannot be understood.
 */
export function engineAddresses(around: EngineSurroundings): EngineAddress[] {
  const { environment } = around;
  const host = textOf(environment.DOCKER_HOST);
  if (host !== undefined) return [chosenAddress(host, tlsFolder(around))];
  const context = contextName(around);
  if (context !== undefined) return [contextAddress(context, around)];
  return usualSockets(around)
    .filter((path) => existsSync(path))
    .map((socketPath) => ({ name: `unix://${socketPath}`, options: { socketPath }, chosen: false }));
}

function usualSockets({ environment, home, platform, user }: EngineSurroundings): string[] {
  if (platform === 'win32') return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'];
  const runtime = textOf(environment.XDG_RUNTIME_DIR) ?? `/run/user/${String(user ?? 0)}`;
  return [
    '/var/run/docker.sock',
    join(home, '.docker', 'run', 'docker.sock'),
    join(runtime, 'docker.sock'),
    join(runtime, 'podman', 'podman.sock'),
    '/run/podman/podman.sock',
  ];
}

function chosenAddress(text: string, tls: string | undefined): EngineAddress {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(text) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') {
    const socketPath = rest === '' ? '/var/run/docker.sock' : rest;
    return { name: text, options: { socketPath }, chosen: true };
  }
  if (scheme === 'ssh') {
    throw new EngineError(`rt does not reach engines by ssh (${text}); forward its socket, or set DOCKER_HOST`);
  }
  const url = parseUrl(`http://${rest}`);
  if (url === undefined || url.hostname === '') {
    throw new EngineError(`'${text}' is no address of a container engine; expected unix:///path or tcp://host:port`);
  }
  const protocol = scheme === 'https' || tls !== undefined ? 'https' : 'http';
  const port = url.port === '' ? (protocol === 'https' ? 2376 : 2375) : Number(url.port);
  return { name: text, options: { protocol, host: url.hostname, port, ...certificates(tls) }, chosen: true };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function tlsFolder(around: EngineSurroundings): string | undefined {
  const { DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = around.environment;
  if (textOf(DOCKER_TLS_VERIFY) === undefined) return undefined;
  return textOf(DOCKER_CERT_PATH) ?? configFolder(around);
}

function certificates(folder: string | undefined): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  if (folder === undefined) return {};
  const found = (['ca', 'cert', 'key'] as const).flatMap((name) => {
    const file = join(folder, `${name}.pem`);
    return existsSync(file) ? [[name, readFileSync(file)]] : [];
  });
  return Object.fromEntries(found) as { ca?: Buffer; cert?: Buffer; key?: Buffer };
}

/** The context that the docker command would use; undefined for its default one. */
function contextName(around: EngineSurroundings): string | undefined {
  const config = readJson(join(configFolder(around), 'config.json'));
  const name = textOf(around.environment.DOCKER_CONTEXT) ?? config?.currentContext;
  return typeof name === 'string' && name !== '' && name !== 'default' ? name : undefined;
}

function contextAddress(name: string, around: EngineSurroundings): EngineAddress {
  const contexts = join(configFolder(around), 'contexts');
  const digest = createHash('sha256').update(name).digest('hex');
  const endpoints = readJson(join(contexts, 'meta', digest, 'meta.json'))?.Endpoints;
  const docker = isJsonObject(endpoints) ? endpoints.docker : undefined;
  const host = isJsonObject(docker) ? docker.Host : undefined;
  if (typeof host !== 'string' || host === '') throw new EngineError(`the docker context '${name}' names no engine`);
  const tls = join(contexts, 'tls', digest, 'docker');
  return chosenAddress(host, existsSync(tls) ? tls : undefined);
}

function configFolder({ environment, home }: EngineSurroundings): string {
  return textOf(environment.DOCKER_CONFIG) ?? join(home, '.docker');
}

function readJson(file: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
