import type { ContainerCreateOptions } from 'dockerode';
import type { ContainerRequest } from '../container-factory.js';

/** The port on which every runtime listens (action-interface.md §1). */
export const runtimePort = '8080/tcp';

/** Labels by which containers of rt are recognised, whatever their names. */
export const labels = {
  /** The RT_HOME they belong to. */
  platform: 'org.openwhisk-rt.platform',
  /** The run of its platform. */
  instance: 'org.openwhisk-rt.instance',
  /** The process that made them, so that left-over ones can be told. */
  owner: 'org.openwhisk-rt.owner',
  /** Marks images that `rt kind pull --build` has made. */
  built: 'org.openwhisk-rt.kind',
} as const;

/** What all containers of one platform have in common. */
export interface ContainerSettings {
  readonly mark: string;
  readonly instance: string;
  readonly owner: string;
  /** MB for all containers together. */
  readonly poolMemory: number;
  /** Whether the port is published on 127.0.0.1, because the container's own address cannot be reached. */
  readonly publish: boolean;
}

/** Processes that an action may have (RS-503), and its open files. */
const maxProcesses = 512;
const maxFiles = 1024;

/** What stock images need to unpack an archive as root; everything else is dropped (RS-511). */
const neededCapabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];

/** The file of the engine's own log of a container: read by `docker logs`, never by us. */
const logConfig = { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '1' } };

/** The body of the engine's create call: what `docker run` of action-interface.md §5.4 says, with the hardening of RS-511. */
export function createOptions(
  request: ContainerRequest,
  settings: ContainerSettings,
  counter: number,
): ContainerCreateOptions {
  const { mark, instance, owner, publish } = settings;
  const memory = request.memory * 1024 * 1024;
  return {
    name: containerName(request.purpose, instance, counter),
    Image: request.image,
    Env: Object.entries(request.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { [labels.platform]: mark, [labels.instance]: instance, [labels.owner]: owner },
    ExposedPorts: { [runtimePort]: {} },
    HostConfig: {
      CpuShares: cpuShares(request.memory, settings.poolMemory),
      Memory: memory,
      MemorySwap: memory,
      NetworkMode: 'bridge',
      CapDrop: ['ALL'],
      CapAdd: neededCapabilities,
      SecurityOpt: ['no-new-privileges'],
      Init: true,
      PidsLimit: maxProcesses,
      Ulimits: [
        { Name: 'nofile', Soft: maxFiles, Hard: maxFiles },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      LogConfig: logConfig,
      ...(publish ? { PortBindings: { [runtimePort]: [{ HostIp: '127.0.0.1', HostPort: '' }] } } : {}),
    },
  };
}

/** `wskrt<instance>_<counter>_<prefix>_<suffix>` (§5.4): `wskrt1a2b3c4d_2_guest_hello`. */
function containerName(purpose: string, instance: string, counter: number): string {
  const parts = purpose.split('/').map((part) => part.replaceAll(/[^A-Za-z0-9_]/g, ''));
  return [`wskrt${instance.slice(0, 8)}`, String(counter), ...parts].join('_');
}

/** A share of the processor in proportion to the memory (§5.4). */
function cpuShares(memory: number, poolMemory: number): number {
  const containers = Math.max(1, Math.floor(poolMemory / memory));
  return Math.max(2, Math.floor(1024 / containers));
}
