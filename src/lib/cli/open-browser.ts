import type { CliEnvironment } from './environment.js';

type Environment = Pick<CliEnvironment, 'env' | 'platform'>;

/** The program that shows a URL to the user and its words before the URL; undefined where there is no screen. */
function opener({ env, platform }: Environment): readonly [string, ...string[]] | undefined {
  if (env.BROWSER !== undefined && env.BROWSER !== '') return [env.BROWSER];
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const screen = [env.DISPLAY, env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
  return screen ? ['xdg-open'] : undefined;
}

/** Opens a URL in the user's browser and does not wait for it; resolves with false when there is none. */
export async function openBrowser(url: string, environment: Environment): Promise<boolean> {
  const [program, ...words] = opener(environment) ?? [];
  if (program === undefined) return false;
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], {
      detached: true,
      stdio: 'ignore',
      env: { ...environment.env },
    });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
