import { HttpError } from '../../errors/client-errors.js';
import { nearest } from '../did-you-mean.js';

/** Lists the valid kinds of an unknown-kind answer one per line, sorted, the closest one marked (C-33); other errors stay as they are. */
export function withListedKinds(error: unknown): unknown {
  if (!(error instanceof HttpError) || error.status === undefined) return error;
  const match = /^([\s\S]*The specified runtime '([^']*)' [\s\S]*?Valid values are:) ([^\n]*'[^']*')\.?([^\n]*)$/.exec(
    error.message,
  );
  const [, head = '', kind = '', list = '', tail = ''] = match ?? [];
  if (match === null) return error;
  const kinds = [...list.matchAll(/'([^']*)'/g)].map(([, name = '']) => name).sort();
  const closest = nearest(kind, kinds) ?? kinds.findLast((name) => name.split(':')[0] === kind.split(':')[0]);
  const lines = kinds.map((name) => (name === closest ? `  ${name}  <- the closest` : `  ${name}`));
  return new HttpError([`${head}${tail.trimEnd()}`, ...lines].join('\n'), {
    status: error.status,
    transactionId: error.transactionId,
    hint: closest === undefined ? error.hint : `use --kind ${closest}`,
    cause: error,
  });
}
