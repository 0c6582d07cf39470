import { globalFlags } from '../../flags/global.js';
import type { HelpPage } from '../help-page.js';

const flagRows = Object.entries(globalFlags)
  .filter(([, flag]) => flag.helpGroup === 'CONNECTION' && flag.hidden !== true)
  .map(([name, flag]): [string, string] => {
    const value = flag.type === 'boolean' ? '' : ` ${String(flag.helpValue ?? name.toUpperCase())}`;
    return [`${flag.char === undefined ? '    ' : `-${flag.char}, `}--${name}${value}`, flag.summary ?? ''];
  });

/** `rt help connection` */
export const connectionPage: HelpPage = {
  summary: 'How rt finds the platform',
  parts: [
    {
      text:
        'Each value is taken from the first place that has it. Without any API host and key rt uses the local platform and starts it ' +
        'when it does not run. rt property get --show-source shows what is in effect, rt doctor tries it.',
    },
    {
      title: 'PLACES',
      rows: [
        ['1', 'a flag; then the context that --context or RT_CONTEXT names'],
        ['2', 'RT_APIHOST, RT_AUTH, RT_NAMESPACE, …'],
        ['3', 'WHISK_APIHOST, WHISK_AUTH, WHISK_NAMESPACE, WHISK_APIVERSION'],
        ['4', '__OW_API_HOST, __OW_API_KEY, __OW_NAMESPACE'],
        ['5', 'AIO_RUNTIME_APIHOST, AIO_RUNTIME_AUTH, AIO_RUNTIME_NAMESPACE'],
        ['6', 'these names in .env of the working directory'],
        ['7', 'the project: .rt.json here or above, .aio here'],
        ['8', 'the current context (rt context use)'],
        ['9', '.wskprops: the file in WSK_CONFIG_FILE, else ~/.wskprops'],
        ['10', "aio's own configuration, ~/.config/aio"],
      ],
    },
    {
      text:
        'An API host that a project file names is used only with a key from the same file or a flag, so that a cloned repository cannot ' +
        'send your key to its own host. An API host without a key, or a key without an API host, is an error.',
    },
    { title: 'CONNECTION FLAGS', rows: flagRows },
    {
      title: 'EXAMPLES',
      lines: ['$ rt action list --apihost openwhisk.example.org --auth UUID:KEY', '$ rt property get --show-source'],
    },
  ],
};
