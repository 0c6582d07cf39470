import type { Connection, Sourced } from '../../src/lib/config/connection.js';
import { GotTransport } from '../../src/lib/client/got-transport.js';
import type { Transport, TransportRequest } from '../../src/lib/client/transport.js';
import { WhiskClient } from '../../src/lib/client/whisk-client.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { carryOut } from '../../src/lib/project/carry-out.js';
import type { DesiredAction, DesiredState } from '../../src/lib/project/desired-state.js';
import type { Outcome } from '../../src/lib/project/outcome.js';
import type { Plan } from '../../src/lib/project/plan-model.js';
import { type DeployOptions, planProject, planUndeploy } from '../../src/lib/project/plan-project.js';
import { projectTarget } from '../../src/lib/project/project-target.js';
import { TestPlatform } from './test-platform.js';

/** A deploy as a test sees it. */
export interface Deployed {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly warnings: readonly string[];
  /** `PUT /api/v1/namespaces/_/packages/p?overwrite=true`, in the order in which they were sent. */
  readonly requests: readonly string[];
}

/** A project without entities. */
export const emptyProject: DesiredState = {
  packages: new Map(),
  actions: new Map(),
  triggers: new Map(),
  rules: new Map(),
  apis: [],
};

/** What `project deploy` does when nothing else is said. */
const defaults: DeployOptions = {
  ...{ managed: false, full: false, record: true, takeOver: false, allowEmpty: false, jobs: 4, fields: false },
  selection: { actions: [], packages: [], excluded: [] },
};

/** An action of one text file that answers with its arguments. */
export function echo(change: Partial<Exclude<DesiredAction, { sequence: unknown }>> = {}): DesiredAction {
  return {
    ...{ kind: 'nodejs:default', parameters: {}, annotations: {}, limits: {} },
    ...withCode('args => args'),
    ...change,
  };
}

/** The member `code` of an action. */
export function withCode(body: string): Pick<Exclude<DesiredAction, { sequence: unknown }>, 'code'> {
  const text = `exports.main = ${body}`;
  const digest = `sha256:${Buffer.from(text).toString('hex')}`;
  return { code: { source: 'a.js', binary: false, size: text.length, digest, read: () => Promise.resolve(text) } };
}

/** Projects on a host, for tests of planning and applying without manifests. */
export class ProjectHost {
  private constructor(private readonly connection: Connection) {}

  static at(url: string, auth: string): ProjectHost {
    const given = <T>(value: T): Sourced<T> => ({ value, source: 'test' });
    return new ProjectHost({
      local: false,
      apihost: given(url),
      auth: given(auth),
      namespace: given('_'),
      apiversion: given('v1'),
      insecure: given(false),
      retries: given(0),
    });
  }

  deploy(desired: DesiredState, options: Partial<DeployOptions> = {}): Promise<Deployed> {
    const all = { ...defaults, ...options };
    return this.carryOut((target) => planProject(desired, all, target), all);
  }

  /** Only plans; sends no write. */
  async plan(desired: DesiredState, options: Partial<DeployOptions> = {}): Promise<Plan> {
    const { client } = this.recorded();
    return planProject(desired, { ...defaults, ...options }, projectTarget(client, systemClock));
  }

  undeploy(what: Parameters<typeof planUndeploy>[0]): Promise<Deployed> {
    return this.carryOut((target) => planUndeploy(what, defaults, target), defaults);
  }

  private async carryOut(
    planned: (target: ReturnType<typeof projectTarget>) => Promise<Plan>,
    options: { readonly jobs: number },
  ): Promise<Deployed> {
    const { client, requests } = this.recorded();
    const target = projectTarget(client, systemClock);
    const report = { done: () => undefined, warning: () => undefined };
    const { signal } = new AbortController();
    const plan = await planned(target);
    const { outcomes, warnings } = await carryOut(plan, options, { target, report, clock: systemClock, signal });
    return { plan, outcomes, warnings, requests };
  }

  private recorded(): { readonly client: WhiskClient; readonly requests: readonly string[] } {
    const requests: string[] = [];
    const inner = new GotTransport({ connection: this.connection, platform: process.platform });
    const transport: Transport = {
      send: (request: TransportRequest) => {
        requests.push(`${request.method} ${request.target}`);
        return inner.send(request);
      },
      dispose: () => inner.dispose(),
    };
    return { client: new WhiskClient({ transport, connection: this.connection, userAgent: 'test' }), requests };
  }
}

/** Projects on a real local platform. */
export class ProjectOnPlatform {
  private constructor(
    readonly platform: TestPlatform,
    readonly host: ProjectHost,
    readonly url: string,
    readonly auth: string,
  ) {}

  static async start(): Promise<ProjectOnPlatform> {
    const platform = await TestPlatform.create();
    const { state } = await platform.ensure({ ephemeral: true });
    return new ProjectOnPlatform(platform, ProjectHost.at(state.url, state.auth), state.url, state.auth);
  }

  /** An entity as GET shows it. */
  async get(path: string): Promise<Record<string, unknown>> {
    const { body } = await this.platform.request('GET', path);
    return body as Record<string, unknown>;
  }

  /** Names in a collection. */
  async names(collection: string): Promise<readonly string[]> {
    const { body } = await this.platform.request('GET', `${collection}?limit=200`);
    return (body as { name: string; namespace: string }[])
      .map(({ name, namespace }) => [...namespace.split('/').slice(1), name].join('/'))
      .sort();
  }

  async dispose(): Promise<void> {
    await this.platform.stop({ timeout: 0 });
    await this.platform.dispose();
  }
}
