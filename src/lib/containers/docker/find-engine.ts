import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
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

/** Asks an engine for a sign of life; gives what is wrong, undefined when all is well. */
export function ping({ options }: EngineAddress): Promise<string | undefined> {
  return new Promise((resolve) => {
    const send = 'protocol' in options && options.protocol === 'https' ? httpsRequest : httpRequest;
    const request = send({
      ...options,
      ...('protocol' in options ? { protocol: `${options.protocol}:` } : {}),
      path: '/_ping',
      agent: false,
    });
    const deadline = setTimeout(() => {
      resolve(`did not answer within ${String(patience / 1000)} s`);
      request.destroy();
    }, patience);
    const settle = (fault: string | undefined): void => {
      clearTimeout(deadline);
      resolve(fault);
    };
    request.on('error', (error: NodeJS.ErrnoException) => {
      settle(reasons[error.code ?? ''] ?? `cannot be reached: ${error.message}`);
    });
    request.on('response', (response) => {
      response.resume();
      settle(response.statusCode === 200 ? undefined : `answered with status ${String(response.statusCode)}`);
    });
    request.end();
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: it is not started',
  ECONNREFUSED: 'does not listen: it is not started',
  EACCES: 'may not be used by this account',
};
