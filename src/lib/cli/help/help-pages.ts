import { globalFlags } from '../flags/global.js';
import { exitStatus } from '../../errors/exit-status.js';
import { entries, type Entry, section, wrap } from './help-text.js';

/** Pages of prose, by the word behind `rt help` (C-78). */
export const helpPages: Readonly<Record<string, (width: number) => string>> = {
  connection: connectionPage,
  'exit-codes': exitCodesPage,
};

function connectionPage(width: number): string {
  const flags = Object.entries(globalFlags).filter(
    ([, flag]) => flag.helpGroup === 'CONNECTION' && flag.hidden !== true,
  );
  const list = flags.map(([name, flag]): Entry => {
    const value = flag.type === 'boolean' ? '' : ` ${String(flag.helpValue ?? name.toUpperCase())}`;
    return {
      term: `${flag.char === undefined ? '    ' : `-${flag.char}, `}--${name}${value}`,
      text: flag.summary ?? '',
    };
  });
  const sources: readonly Entry[] = [
    { term: '1', text: 'a flag' },
    { term: '2', text: 'RT_APIHOST, RT_AUTH, RT_NAMESPACE, …' },
    { term: '3', text: 'WHISK_APIHOST, WHISK_AUTH, WHISK_NAMESPACE, WHISK_APIVERSION' },
    { term: '4', text: '__OW_API_HOST, __OW_API_KEY, __OW_NAMESPACE' },
    { term: '5', text: 'AIO_RUNTIME_APIHOST, AIO_RUNTIME_AUTH, AIO_RUNTIME_NAMESPACE' },
    { term: '6', text: 'these names in .env of the working directory' },
    { term: '7', text: '.wskprops: the file in WSK_CONFIG_FILE, else ~/.wskprops' },
  ];
  return [
    'How rt finds the platform',
    '',
    ...wrap(
      'Each value is taken from the first place that has it. Without any API host and key rt uses the local platform and starts it ' +
        'when it does not run. rt property get --show-source shows what is in effect.',
      width,
    ),
    ...section('PLACES', entries(sources, width)),
    ...section('CONNECTION FLAGS', entries(list, width)),
  ].join('\n');
}

function exitCodesPage(width: number): string {
  const list: readonly Entry[] = [
    { term: String(exitStatus.done), text: 'done' },
    { term: String(exitStatus.failed), text: 'anything else, internal error; platform status: not running' },
    { term: String(exitStatus.usage), text: 'usage: flag, argument, name, file, value, missing configuration' },
    { term: String(exitStatus.network), text: 'network: no usable answer' },
    { term: String(exitStatus.platform), text: 'the local platform cannot start or a runtime is not available' },
    { term: String(exitStatus.unknownCommand), text: 'no such command' },
    {
      term: `${String(exitStatus.interrupted)}, ${String(exitStatus.terminated)}`,
      text: 'interrupted by SIGINT, SIGTERM',
    },
    {
      term: 'STATUS - 256',
      text: 'an HTTP error status: 144 bad request, 145 key not valid, 147 not allowed, 148 not found, 153 conflict',
    },
    { term: String(exitStatus.pending), text: 'accepted, result not ready' },
    { term: String(exitStatus.actionFailed), text: 'the action ended with an error' },
  ];
  return ['Exit codes', '', ...entries(list, width)].join('\n');
}
