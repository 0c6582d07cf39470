import type { JsonValue } from '../entity/json.js';
import type {
  DesiredAction,
  DesiredApi,
  DesiredPackage,
  DesiredRule,
  DesiredState,
  DesiredTrigger,
  Values,
} from './desired-state.js';

/** Values by name; one that came from a variable may be `{"$from": "NAME"}`. */
export type ShownValues = Readonly<Record<string, JsonValue>>;

interface PackageDocument {
  readonly publish?: boolean;
  readonly binding?: string;
  readonly version?: string;
  readonly parameters: ShownValues;
  readonly annotations: ShownValues;
}

interface ActionDocument {
  readonly kind?: string;
  readonly main?: string;
  readonly image?: string;
  readonly binary?: boolean;
  readonly sequence?: readonly string[];
  readonly version?: string;
  readonly limits?: Readonly<Record<string, number>>;
  readonly parameters?: ShownValues;
  readonly environment?: ShownValues;
  readonly annotations: ShownValues;
  readonly files?: readonly string[];
  /** `sha256:…` */
  readonly code?: string;
  /** Bytes. */
  readonly size?: number;
}

interface TriggerDocument {
  readonly feed?: string;
  readonly feedParameters?: ShownValues;
  readonly parameters?: ShownValues;
  readonly annotations: ShownValues;
}

interface RuleDocument extends DesiredRule {
  readonly status: 'active';
}

/** What exists or is wanted, in the form that reports and comparisons share (§1.9). The own namespace is `_`. */
export interface EntitiesDocument {
  readonly format: 'rt-entities/1';
  readonly project?: string;
  readonly packages: Readonly<Record<string, PackageDocument>>;
  readonly actions: Readonly<Record<string, ActionDocument>>;
  readonly triggers: Readonly<Record<string, TriggerDocument>>;
  readonly rules: Readonly<Record<string, RuleDocument>>;
  readonly apis: readonly DesiredApi[];
}

/** Shows the values under a path, `packages/p/parameters`. */
type Show = (values: Values, path: string) => ShownValues;

/** The desired state as a document; with `hideValues` what came from variables is only named (§1.9). Pure. */
export function entitiesDocument(
  state: DesiredState,
  { hideValues }: { readonly hideValues: boolean },
): EntitiesDocument {
  const show: Show = hideValues ? hiding(state) : (values) => values;
  return {
    format: 'rt-entities/1',
    ...(state.project === undefined ? {} : { project: state.project.name }),
    packages: each(state.packages, (entity, name) => packageDocument(entity, `packages/${name}`, show)),
    actions: each(state.actions, (action, name) => actionDocument(action, `actions/${name}`, show)),
    triggers: each(state.triggers, (trigger, name) => triggerDocument(trigger, `triggers/${name}`, show)),
    rules: each(state.rules, (rule, name) => ({
      ...rule,
      status: 'active',
      annotations: show(rule.annotations, `rules/${name}/annotations`),
    })),
    apis: state.apis,
  };
}

function each<Entity, Document>(
  entities: ReadonlyMap<string, Entity>,
  document: (entity: Entity, name: string) => Document,
): Readonly<Record<string, Document>> {
  return Object.fromEntries([...entities].map(([name, entity]) => [name, document(entity, name)]));
}

function hiding({ origins }: DesiredState): Show {
  return (values, path) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]): [string, JsonValue] => {
        const variables = origins?.get(`${path}/${name}`)?.variables ?? [];
        return [name, variables.length === 0 ? value : { $from: variables.join(', ') }];
      }),
    );
}

function packageDocument(entity: DesiredPackage, path: string, show: Show): PackageDocument {
  const values = {
    parameters: show(entity.parameters, `${path}/parameters`),
    annotations: show(entity.annotations, `${path}/annotations`),
  };
  if ('binding' in entity) return { binding: entity.binding, ...values };
  const { publish, version } = entity;
  return { publish, ...(version === undefined ? {} : { version }), ...values };
}

function actionDocument(action: DesiredAction, path: string, show: Show): ActionDocument {
  const version = action.version === undefined ? {} : { version: action.version };
  const annotations = show(action.annotations, `${path}/annotations`);
  if ('sequence' in action) return { sequence: action.sequence, ...version, annotations };
  const { kind, main, image, code, limits, parameters, environment } = action;
  return {
    kind,
    binary: code?.binary ?? false,
    ...(main === undefined ? {} : { main }),
    ...(image === undefined ? {} : { image }),
    ...version,
    limits,
    parameters: show(parameters, `${path}/parameters`),
    ...(environment === undefined ? {} : { environment: show(environment, `${path}/environment`) }),
    annotations,
    ...(code?.files === undefined ? {} : { files: code.files }),
    ...(code === undefined ? {} : { code: code.digest, size: code.size }),
  };
}

function triggerDocument(trigger: DesiredTrigger, path: string, show: Show): TriggerDocument {
  const annotations = show(trigger.annotations, `${path}/annotations`);
  const { feed, feedParameters, parameters } = trigger;
  if (feed === undefined) return { parameters: show(parameters, `${path}/parameters`), annotations };
  return { feed, feedParameters: show(feedParameters ?? {}, `${path}/feedParameters`), annotations };
}
