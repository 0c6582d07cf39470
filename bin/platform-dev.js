// Development entry of the local platform's process: runs the sources through tsx.
import { register } from 'tsx/esm/api';

register();

const { runPlatform } = await import('../src/lib/platform/main.ts');
await runPlatform(() => undefined);
