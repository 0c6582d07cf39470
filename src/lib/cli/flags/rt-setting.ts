import { rtSettingNames, settingProblem } from '../../config/rt-settings.js';
import { UsageError } from '../../errors/client-errors.js';
import { didYouMean } from '../did-you-mean.js';

/** Refuses a name that no setting of rt has (§12.4). */
export function checkSettingName(name: string): void {
  if (rtSettingNames.includes(name)) return;
  const near = didYouMean(name, rtSettingNames);
  throw new UsageError(`'${name}' is not a setting`, {
    hint: `${near === undefined ? '' : `${near} `}the settings are ${rtSettingNames.join(', ')}`,
  });
}

/** Refuses a value that the setting cannot have. */
export function checkSettingValue(name: string, value: string): void {
  const expected = settingProblem(name, value);
  if (expected !== undefined) throw new UsageError(`Invalid value '${value}' for ${name}: expected ${expected}`);
}
