import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../entity/identity.js';
import { Rejection } from '../../errors/rejection.js';
import type { Authenticator } from '../authentication.js';
import { refusalOfOrigin } from '../request-guard.js';

/**
 * Who calls a web action; undefined for nobody in particular. Credentials are optional: wrong ones count as none
 * (openwhisk-api.md §17.1), and so do those that a browser sends for another site's page (RS-243).
 */
export async function webCallerOf(
  headers: IncomingHttpHeaders,
  authenticator: Pick<Authenticator, 'authenticate'>,
): Promise<Identity | undefined> {
  if (headers.authorization === undefined || refusalOfOrigin(headers) !== undefined) return undefined;
  try {
    return await authenticator.authenticate(headers.authorization);
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}
