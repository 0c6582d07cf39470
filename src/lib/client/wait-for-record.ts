import { HttpError } from '../errors/client-errors.js';
import type { ActivationsClient } from './activations-client.js';

/** The record of an activation as JSON text, as soon as it has ended; undefined when it has none within `wait` milliseconds. */
export async function waitForRecord(
  id: string,
  options: { readonly namespace: string; readonly wait: number },
  activations: ActivationsClient,
): Promise<string | undefined> {
  try {
    return await activations.get(id, 'record', options);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}
