import type { HelpPage } from '../help-page.js';

/** `rt help names` */
export const namesPage: HelpPage = {
  summary: 'Names of entities',
  parts: [
    {
      title: 'FORMS',
      rows: [
        ['hello', 'in the namespace of the key'],
        ['pkg/hello', 'an action in a package'],
        ['/ns/hello', 'in the namespace ns'],
        ['/ns/pkg/hello', 'an action in a package of the namespace ns'],
        ['ns/pkg/hello', 'the same: three parts need no slash in front'],
        ['/_/hello', '_ is the namespace of the key'],
        ['/ns', 'where a namespace is expected'],
        ['ns/pkg', 'where a package is expected'],
      ],
    },
    {
      text:
        'Requests use the namespace of the key unless --namespace, a variable or the context names another one. NAMESPACE in .wskprops is ' +
        'only shown. On Windows, Git Bash rewrites words that begin with a slash: rt restores them and says so.',
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt action get pkg/hello',
        '$ rt action invoke /whisk.system/utils/echo -r -p message hi',
        '$ rt action list pkg',
      ],
    },
  ],
};
