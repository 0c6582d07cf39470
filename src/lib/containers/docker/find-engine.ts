import { request as httpRequest } from 'node:http';
import { engineAddresses, type EngineAddress, type EngineSurroundings } from './engine-address.js';
import { EngineError } from './engine-error.js';

/** Milliseconds within which an engine has to answer (RS-132). */
const patience = 2_000;

/**
 * Looks for a container engine that answers. `fault` says why there is none; `tried` whether there was one to ask at all. The client library
 * is not loaded for it.
 */
export async function findEngine(
  around: EngineSurroundings,
): Promise<{ readonly address: EngineAddress } | { readonly fault: string; readonly tried: boolean }> {
  let addresses: EngineAddress[];
  try {
    addresses = engineAddresses(around);
  } catch (error) {
    if (error instanceof EngineError) return { fault: error.message, tried: true };
    throw error;
  }
  const faults: string[] = [];
  for (const address of addresses) {
    const fault = await ping(address);
    if (fault === undefined) return { address };
    faults.push(`the container engine at ${address.name} ${fault}`);
  }
  const [first] = faults;
  return { fault: first ?? 'no socket of Docker or Podman was found', tried: first !== undefined };
}

/** Asks an engine for a sign of life; gives what is wrong, undefined when all is well (RS-132). */
export async function ping(address: EngineAddress): Promise<string | undefined> {
  const answer = await ask(address, '/_ping');
  if (typeof answer === 'string') return answer;
  return answer === 200 ? undefined : `answered with status ${String(answer)}`;
}

/** Whether an engine has an image, without the client library. */
export async function hasImage(address: EngineAddress, name: string): Promise<boolean> {
  return (await ask(address, `/images/${encodeURIComponent(name)}/json`)) === 200;
}

/** The status of an answer, or what is wrong. */
async function ask({ options }: EngineAddress, path: string): Promise<number | string> {
  const secure = 'protocol' in options && options.protocol === 'https';
  // `https` costs more to load than the whole question.
  const { request: send } = secure ? await import('node:https') : { request: httpRequest };
  const protocol = secure ? 'https:' : 'http:';
  return new Promise((resolve) => {
    const request = send({ ...options, protocol, path, agent: false });
    const deadline = setTimeout(() => {
      resolve(`did not answer within ${String(patience / 1000)} s`);
      request.destroy();
    }, patience);
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(deadline);
      resolve(reasons[error.code ?? ''] ?? `cannot be reached: ${error.message}`);
    });
    request.on('response', (response) => {
      clearTimeout(deadline);
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.end();
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: it is not started',
  ECONNREFUSED: 'does not listen: it is not started',
  EACCES: 'may not be used by this account',
};
