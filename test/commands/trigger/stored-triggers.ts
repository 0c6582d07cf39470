/** Path of the triggers of the key's namespace. */
export const base = '/api/v1/namespaces/_/triggers';

/** A trigger as a host shows it, without a feed and with one. */
export const stored = { namespace: 'guest', name: 't', version: '0.0.1', parameters: [], annotations: [], limits: {} };
export const withFeed = { ...stored, annotations: [{ key: 'feed', value: '/_/pkg/feed' }] };

/** The call of that feed. */
export const feedCall = 'POST /api/v1/namespaces/_/actions/pkg/feed?blocking=true&result=false';

/** The answer for what does not exist, and its text in errors. */
export const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
export const gone = 'The requested resource does not exist. (code tid)';

/** An activation id. */
export const id = '0123456789abcdef0123456789abcdef';

/** The answer of a feed that ended with this result. */
export function feedAnswer(
  result: object,
  status = 200,
): { status: number; body: object; headers: Record<string, string> } {
  const body = { activationId: id, response: { success: status === 200, result } };
  return { status, body, headers: { 'x-openwhisk-activation-id': id } };
}
