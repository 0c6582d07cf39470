import { once } from 'node:events';
import { createServer } from 'node:net';
import type { PlatformReport } from '../../platform/launcher/report-platform.js';
import type { CliEnvironment } from '../environment.js';
import type { ProgramFacts } from '../program.js';
import { versionText } from '../version-text.js';
import { type Finding, finding } from './finding.js';

/** Least version of Node that rt runs on. */
const leastNode = [20, 19] as const;

/** Milliseconds in which Docker must answer. */
const dockerPatience = 2000;

/** The versions of rt and Node. */
export function versionChecks(program: ProgramFacts, environment: CliEnvironment): readonly Finding[] {
  const { nodeVersion } = environment;
  const [major = 0, minor = 0] = nodeVersion.replace('v', '').split('.').map(Number);
  const recent = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const node = recent
    ? finding('node', 'ok', nodeVersion)
    : finding('node', 'fail', `${nodeVersion} is too old`, `rt needs Node ${leastNode.join('.')} or later`);
  return [finding('rt', 'ok', versionText(program, environment)), node];
}

/** Whether a container engine answers. Actions run without one too, so its absence is only a warning. */
export async function dockerCheck(env: CliEnvironment['env']): Promise<Finding> {
  const host = env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
  const [, path] = /^unix:\/\/(.+)$/.exec(host) ?? [];
  const [, hostname, port] = /^(?:tcp|http):\/\/([^:/]+):(\d+)/.exec(host) ?? [];
  const target = path === undefined ? { host: hostname, port } : { socketPath: path };
  const { get } = await import('node:http');
  const request = get({ ...target, path: '/_ping', timeout: dockerPatience, agent: false });
  try {
    request.on('timeout', () => request.destroy(new Error('it does not answer')));
    const [response] = (await once(request, 'response')) as [{ statusCode?: number; resume(): void }];
    response.resume();
    if (response.statusCode === 200) return finding('docker', 'ok', `answers at ${host}`);
    return finding('docker', 'warn', `${host} answers with status ${String(response.statusCode)}`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason =
      code === 'ENOENT' ? 'is not there' : code === 'EACCES' ? 'may not be used by you' : 'does not answer';
    return finding('docker', 'warn', `${host} ${reason}`, 'actions can run as processes; container images need Docker');
  }
}

/** How the local platform is, and when it does not run whether its port is free. */
export async function platformChecks(report: PlatformReport, env: CliEnvironment['env']): Promise<readonly Finding[]> {
  if (report.health === 'running') {
    const { url, pid, driver } = report.status;
    return [finding('platform', 'ok', `runs at ${url} (pid ${String(pid)}, driver: ${driver})`)];
  }
  if (report.health === 'silent') {
    return [
      finding('platform', 'fail', 'runs but does not answer', 'rt platform stop --force, then rt platform start'),
    ];
  }
  const stopped = finding('platform', 'ok', 'does not run; it is started when it is needed');
  return [stopped, await portCheck(Number(env.RT_PLATFORM_PORT ?? 3233), env.RT_PLATFORM_HOST ?? '127.0.0.1')];
}

async function portCheck(port: number, host: string): Promise<Finding> {
  if (port === 0) return finding('port', 'ok', 'any free port is used');
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return finding('port', 'ok', `${String(port)} is free`);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const reason = taken ? 'is in use' : `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    return finding(
      'port',
      'fail',
      `${host}:${String(port)} ${reason}`,
      'set RT_PLATFORM_PORT to another port, or to 0',
    );
  } finally {
    server.close();
  }
}
