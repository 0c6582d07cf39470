import type { HelpPage } from '../help-page.js';

/** `rt help environment` */
export const environmentPage: HelpPage = {
  summary: 'Environment variables that rt reads',
  parts: [
    {
      title: 'CONNECTION',
      rows: [
        [
          'RT_APIHOST, RT_AUTH, RT_NAMESPACE, RT_APIVERSION',
          'as the flags; also WHISK_…, __OW_… and AIO_RUNTIME_… (rt help connection)',
        ],
        ['RT_CONTEXT', 'a named connection'],
        ['RT_INSECURE, RT_CACERT', 'as --insecure and --cacert'],
        ['RT_HTTP_TIMEOUT, RT_RETRIES', 'as --timeout-http and --retries'],
        ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'proxies; lower case wins; loopback never goes through one'],
        ['WSK_CONFIG_FILE', 'the properties file in the place of ~/.wskprops'],
        ['__OW_TRANSACTION_ID', 'sent as x-request-id'],
      ],
    },
    {
      title: 'OUTPUT',
      rows: [
        ['RT_OUTPUT', 'text, json, yaml, name or wide'],
        ['RT_QUIET, RT_DEBUG', 'as --quiet and --debug; WSK_CLI_DEBUG and DEBUG=rt too'],
        ['NO_COLOR, FORCE_COLOR, CLICOLOR', 'colours'],
        ['RT_YES, RT_NO_INPUT, CI', 'prompts: answered with yes, or never shown'],
      ],
    },
    {
      title: 'LOCAL PLATFORM',
      rows: [
        ['RT_NO_AUTOSTART', 'do not start it on demand'],
        ['RT_PLATFORM_PORT, RT_PLATFORM_HOST', 'where it listens (3233, 127.0.0.1)'],
        ['RT_PLATFORM_DRIVER', 'how actions run'],
        ['RT_RUNTIMES, WSK_RUNTIMES_JSON', 'a runtimes manifest'],
      ],
    },
    {
      title: 'FOLDERS',
      rows: [
        ['RT_HOME', 'the local platform (~/.local/share/rt)'],
        ['RT_CONFIG_DIR', 'contexts and settings (~/.config/rt)'],
        ['RT_CACHE_DIR', 'caches (~/.cache/rt)'],
      ],
    },
    {
      title: 'COMPLETION',
      rows: [
        ['RT_COMPLETE_REMOTE', '0: never ask a platform for names'],
        ['RT_COMPLETE_TIMEOUT', 'milliseconds that names may take (300)'],
      ],
    },
  ],
};
