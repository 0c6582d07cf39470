import { string } from '@oclif/core/flags';
import type { TriggerChange } from '../../client/save-trigger.js';
import { UsageError } from '../../errors/client-errors.js';
import type { CliEnvironment } from '../environment.js';
import { parseEntityName } from './entity-names.js';
import { type Pair, pairFlag } from './pair.js';
import { annotationFlags, parameterFlags, type ParameterFlagValues, readParameters } from './parameters.js';

/** The flags of `trigger create` and `trigger update` (§11.3). */
export const triggerFlags = {
  feed: string({ char: 'f', helpGroup: 'TRIGGER', helpValue: 'ACTION', summary: 'feed action that fires the trigger' }),
  'feed-param': pairFlag({ char: 'F', helpGroup: 'PARAMETER', summary: 'parameter of the feed only' }),
  'trigger-param': pairFlag({ char: 'T', helpGroup: 'PARAMETER', summary: 'parameter of the trigger only' }),
  ...parameterFlags,
  ...annotationFlags,
};

/** Parsed flags of `trigger create` and `trigger update`. */
export interface TriggerFlagValues extends ParameterFlagValues {
  readonly feed?: string | undefined;
  readonly 'feed-param'?: Pair[] | undefined;
  readonly 'trigger-param'?: Pair[] | undefined;
}

/** What the flags say about a trigger, and sentences for notes. Throws UsageError. */
export async function triggerChange(
  flags: TriggerFlagValues,
  surroundings: CliEnvironment,
): Promise<{ readonly change: TriggerChange; readonly notes: readonly string[] }> {
  refuseMixing(flags);
  const feed = flags.feed === undefined ? undefined : parseEntityName(flags.feed, 'action');
  const given = await readParameters(flags, surroundings);
  const ofFeed = await readParameters({ param: flags['feed-param'] }, surroundings);
  const ofTrigger = await readParameters({ param: flags['trigger-param'] }, surroundings);
  const change = {
    ...(feed === undefined ? {} : { feed }),
    ...(given.parameters === undefined ? {} : { parameters: given.parameters }),
    ...(given.annotations === undefined ? {} : { annotations: given.annotations }),
    ...(ofFeed.parameters === undefined ? {} : { feedParameters: ofFeed.parameters }),
    ...(ofTrigger.parameters === undefined ? {} : { triggerParameters: ofTrigger.parameters }),
  };
  return { change, notes: [...given.notes, ...ofFeed.notes, ...ofTrigger.notes] };
}

function refuseMixing(flags: TriggerFlagValues): void {
  const apart = flags['feed-param'] ?? flags['trigger-param'];
  const together = flags.param ?? flags['param-file'] ?? flags['param-string'] ?? flags['param-from'];
  if (apart === undefined || together === undefined) return;
  throw new UsageError(
    'Incorrect usage. Cannot combine --feed-param or --trigger-param flag with neither --param nor --param-file flag',
    { hint: 'name parameters of the feed with -F and those of the trigger with -T' },
  );
}
