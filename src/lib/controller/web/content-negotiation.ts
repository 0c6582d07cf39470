interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

/**
 * Whether an `Accept` header allows a content type (openwhisk-api.md §17.8): the most specific range that matches
 * decides. Ranges that cannot be read are left out; a header without any readable one allows everything.
 */
export function isAcceptable(accept: string | undefined, contentType: string): boolean {
  const ranges = (accept ?? '').split(',').flatMap(parseRange);
  if (ranges.length === 0) return true;
  const [type = '', subtype = ''] = contentType.toLowerCase().split(';', 1).join('').trim().split('/');
  const matching = ranges.filter((range) => [type, '*'].includes(range.type) && [subtype, '*'].includes(range.subtype));
  const best = Math.max(...matching.map(specificity));
  return matching.some((range) => specificity(range) === best && range.quality > 0);
}

function parseRange(text: string): MediaRange[] {
  const match = /^\s*([^\s/;,]+)\/([^\s/;,]+)\s*(?:;[^]*)?$/.exec(text.toLowerCase());
  if (match === null) return [];
  const [, type = '', subtype = ''] = match;
  const quality = /;\s*q\s*=\s*([\d.]{1,8})/.exec(text.toLowerCase())?.[1] ?? '1';
  return [{ type, subtype, quality: Number(quality) }];
}

function specificity({ type, subtype }: MediaRange): number {
  return Number(type !== '*') + Number(subtype !== '*');
}
