import assert from 'node:assert/strict';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { readProject } from '../../src/lib/project/load-project.js';
import { actionManifest, codeActionOf, loadOptions, ProjectsUnderTest } from './project-under-test.js';

const files = { 'a.js': 'function main() {}' };
const empty = 'packages: {p: }\n';

describe('the files of a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  it('§1.1.8: a deployment file adds and replaces inputs and annotations key by key', async () => {
    const manifest = `${actionManifest('function: a.js\ninputs: {x: {type: integer, value: 1}, y: 1}\nannotations: {m: 1, n: 1}')}    annotations: {o: 1}
    triggers: {t: {feed: /ns/p/f, inputs: {cron: a, z: 1}}}
`;
    const deployment = `project:
  packages:
    p:
      inputs: {new: 1}
      annotations: {o: 2, q: {deep: [1]}}
      actions: {a: {inputs: {x: $X, map: {a: 1}}, annotations: {n: 2, k: 2}}}
      triggers: {t: {inputs: {cron: b}, annotations: {w: 1}}}
`;
    const state = await projects.state({ manifest, deployment, files, env: { X: '9' } });
    assert.deepEqual(state.packages.get('p'), {
      publish: false,
      parameters: { new: 1 },
      annotations: { o: 2, q: { deep: [1] } },
    });
    const { parameters, annotations } = codeActionOf(state, 'p/a');
    assert.deepEqual(parameters, { x: 9, y: 1, map: { a: 1 } });
    assert.deepEqual(annotations, { m: 1, n: 2, k: 2 });
    assert.deepEqual(state.triggers.get('t'), {
      feed: '/ns/p/f',
      feedParameters: { cron: 'b', z: 1 },
      parameters: {},
      annotations: { w: 1 },
    });
  });

  it('§4.1: of several deployment files later ones win', async () => {
    const folder = await projects.folder({
      manifest: 'packages: {p: {inputs: {a: 0, b: 0, c: 0}}}\n',
      files: {
        'one.yaml': 'packages: {p: {inputs: {a: 1, b: 1}}}\n',
        'two.yaml': 'packages: {p: {inputs: {b: 2}}}\n',
        'deployment.yaml': 'packages: {p: {inputs: {c: 3}}}\n',
      },
    });
    const { state } = await readProject({ ...loadOptions(folder.path, {}), deployments: ['one.yaml', 'two.yaml'] });
    assert.deepEqual(state?.packages.get('p'), { publish: false, parameters: { a: 1, b: 2, c: 0 }, annotations: {} });
  });

  it('§1.1.8: an empty deployment file says nothing', async () => {
    await projects.state({ manifest: empty, deployment: '# later\n' });
  });

  it('D-1: a named manifest goes before manifest.yaml, and that before manifest.yml', async () => {
    const folder = await projects.folder({
      files: {
        'manifest.yml': 'packages: {yml: }\n',
        'manifest.yaml': 'packages: {yaml: }\n',
        'sub/other.json': '{"packages": {"json": {}}}',
      },
    });
    const read = async (manifest?: string): Promise<string | undefined> => {
      const { state } = await readProject({ ...loadOptions(folder.path, {}), manifest });
      return state?.packages.keys().next().value;
    };
    assert.deepEqual([await read(), await read('manifest.yml'), await read('sub/other.json')], ['yaml', 'yml', 'json']);
  });

  for (const [name, form] of [
    ['app.config.yaml', 'an App Builder project'],
    ['project.yml', 'a folder project'],
    ['packages/p/a.js', 'a folder project'],
  ] as const) {
    it(`D-1: ${name} is recognised and refused with exit 2`, async () => {
      const folder = await projects.folder({ files: { [name]: 'x: 1\n' } });
      await assert.rejects(readProject(loadOptions(folder.path, {})), (error: unknown) => {
        assert.ok(error instanceof UsageError);
        assert.ok(error.message.startsWith(`'.' is ${form}`), error.message);
        assert.match(error.message, /which rt cannot read yet/);
        assert.equal(error.exitStatus, 2);
        return true;
      });
    });
  }

  it('D-1: app.config.yaml goes before manifest.yml, not before manifest.yaml', async () => {
    const app = { 'app.config.yaml': 'application: {}\n' };
    const old = await projects.folder({ files: { ...app, 'manifest.yml': empty } });
    await assert.rejects(
      readProject(loadOptions(old.path, {})),
      /'\.' is an App Builder project \(app\.config\.yaml\)/,
    );
    const { state } = await readProject({ ...loadOptions(old.path, {}), manifest: 'manifest.yml' });
    assert.deepEqual([...(state?.packages.keys() ?? [])], ['p']);
    await projects.state({ manifest: empty, files: app });
  });

  it('D-1: a folder without a project names the places that were looked at', async () => {
    const folder = await projects.folder({});
    await assert.rejects(readProject(loadOptions(folder.path, {})), (error: unknown) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.hint ?? '', /manifest\.yaml, manifest\.yml, app\.config\.yaml, project\.yml, packages/);
      return true;
    });
  });

  it('D-1: a folder and a file that do not exist are usage errors', async () => {
    const folder = await projects.folder({ manifest: empty });
    const options = loadOptions(folder.path, {});
    await assert.rejects(readProject({ ...options, folder: 'none' }), /project folder 'none' does not exist/);
    await assert.rejects(
      readProject({ ...options, manifest: 'none.yaml' }),
      /'none\.yaml' cannot be read: there is no/,
    );
    await assert.rejects(readProject({ ...options, deployments: ['none.yaml'] }), /'none\.yaml' cannot be read/);
    await folder.write('latin.yaml', Buffer.from('packages: {p\xe4: }', 'latin1'));
    await assert.rejects(readProject({ ...options, manifest: 'latin.yaml' }), /'latin\.yaml' is not UTF-8 text/);
  });

  it('D-2: paths are relative to the manifest, wherever it is read from', async () => {
    const manifest = actionManifest('function: a.js');
    const folder = await projects.folder({ files: { 'deploy/m.yaml': manifest, 'deploy/a.js': 'x' } });
    const { state } = await readProject({ ...loadOptions(folder.path, {}), manifest: 'deploy/m.yaml' });
    assert.ok(state !== undefined);
    assert.equal(codeActionOf(state, 'p/a').code?.source, 'deploy/a.js');
  });

  it('reads anchors, merge keys and a byte order mark', async () => {
    const manifest = `\ufeffpackages:
  p:
    actions:
      a: &base {function: a.js, inputs: {x: 1}, main: run}
      b: {<<: *base, main: other}
      c: *base
`;
    const state = await projects.state({ manifest, files });
    const facts = ['a', 'b', 'c'].map((name) => {
      const { main, parameters } = codeActionOf(state, `p/${name}`);
      return [main, parameters['x']];
    });
    assert.deepEqual(facts, [
      ['run', 1],
      ['other', 1],
      ['run', 1],
    ]);
  });

  it('acceptance 14: takes spaces and letters of any language in paths', async () => {
    const folder = await projects.folder({
      files: {
        'größe und 日本/manifest.yaml': actionManifest('function: "süß ☕.js"'),
        'größe und 日本/süß ☕.js': 'x',
      },
    });
    const { state, diagnostics } = await readProject({ ...loadOptions(folder.path, {}), folder: 'größe und 日本' });
    assert.ok(state !== undefined, JSON.stringify(diagnostics));
    assert.equal(codeActionOf(state, 'p/a').code?.source, 'süß ☕.js');
  });

  it('D-23: --projectname names the project instead of the file', async () => {
    const manifest = 'project: {name: written, packages: {p: }}\n';
    const state = await projects.state({ manifest, options: { projectName: 'given', managed: true } });
    assert.equal(state.project?.name, 'given');
  });
});
