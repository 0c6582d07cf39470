import { UsageError } from '../../errors/client-errors.js';
import { entriesText } from '../../client/action-change.js';
import { optionalValueFlag } from './optional-value.js';
import { annotationFlags, type GivenParameters, parameterFlags } from './parameters.js';

const sharedWords: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

/** The flags of `package create` and `package update` (§11.5). */
export const packageFlags = {
  shared: optionalValueFlag({
    helpGroup: 'PACKAGE',
    helpValue: 'yes|no',
    // Behind the name any word can only be a value, a wrong one too.
    optionalValue: {
      bare: 'yes',
      takes: (word, positionals) => positionals >= 1 || Object.hasOwn(sharedWords, word.toLowerCase()),
    },
    summary: 'whether others may use the package',
  }),
  ...parameterFlags,
  ...annotationFlags,
};

/** The value of `publish` that `--shared` asks for. Throws UsageError (C-55). */
export function publishOf(shared: string | undefined): boolean | undefined {
  if (shared === undefined) return undefined;
  const word = shared.toLowerCase();
  const publish = Object.hasOwn(sharedWords, word) ? sharedWords[word] : undefined;
  if (publish !== undefined) return publish;
  throw new UsageError(`Cannot use value '${shared}' for shared.`, { hint: 'yes, no, true or false' });
}

/** The body of a package or binding; what was not given is left out (C-29). */
export function packageBody(
  given: Pick<GivenParameters, 'parameters' | 'annotations'>,
  more: { readonly publish?: boolean | undefined; readonly binding?: object },
): string {
  const { parameters, annotations } = given;
  const { publish, binding } = more;
  const members = [
    ...(binding === undefined ? [] : [`"binding":${JSON.stringify(binding)}`]),
    ...(publish === undefined ? [] : [`"publish":${String(publish)}`]),
    ...(parameters === undefined ? [] : [`"parameters":${entriesText(parameters)}`]),
    ...(annotations === undefined ? [] : [`"annotations":${entriesText(annotations)}`]),
  ];
  return `{${members.join(',')}}`;
}
