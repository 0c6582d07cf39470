import type { HelpPage } from '../help-page.js';

/** `rt help kinds` */
export const kindsPage: HelpPage = {
  summary: 'How the kind of an action is found',
  parts: [
    {
      text:
        'The kind names the runtime of an action, nodejs:20 for example. --kind says it; nodejs alone, or nodejs:default, means the default ' +
        'of the platform. Without --kind it follows from the file.',
    },
    {
      title: 'BY THE NAME OF THE FILE',
      rows: [
        ['.js .mjs .cjs', 'nodejs'],
        ['.ts', 'typescript, when the platform has it'],
        ['.py', 'python'],
        ['.php', 'php'],
        ['.rb', 'ruby'],
        ['.go', 'go'],
        ['.rs', 'rust'],
        ['.swift', 'swift'],
        ['.java .jar', 'java, with --main CLASS'],
        ['.cs', 'dotnet'],
        ['.bal .balx', 'ballerina'],
      ],
    },
    {
      title: 'BY WHAT LIES IN A ZIP OR A FOLDER',
      rows: [
        ['package.json, index.js', 'nodejs'],
        ['__main__.py', 'python'],
        ['index.php', 'php'],
        ['main.rb', 'ruby'],
        ['main.go', 'go'],
        ['Cargo.toml', 'rust'],
        ['exec', 'none: give --native'],
      ],
    },
    {
      text:
        'A folder is zipped. .git, .rt and what .rtignore (or .wskignore) names stay out. --docker IMAGE runs a container image of your own, ' +
        '--native a program. rt kind list shows the kinds that the platform offers and which of them it can run now.',
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt action create hello hello.py',
        '$ rt action create hello hello.js --kind nodejs:20',
        '$ rt action create shop ./shop --main start',
        '$ rt kind list --local',
      ],
    },
  ],
};
