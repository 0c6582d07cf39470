import type { ArtifactStore, StoredEntity } from '../../database/artifact-store.js';
import type { OpenActivation } from '../../database/activation-store.js';
import type { Access } from '../../entitlement/entitlement.js';
import type { Clock } from '../../entity/clock.js';
import type { Log } from '../../entity/log.js';
import { messages } from '../../entity/messages.js';
import type { Random } from '../../entity/random.js';
import { openActivation } from '../../invoker/activation-builder.js';
import type { ActivationInvoker, FinishedActivation } from '../../invoker/invoker.js';
import type { RecordWriter } from '../../invoker/record-writer.js';
import { failure } from '../../invoker/result-mapping.js';
import type { FoundAction } from '../action-reader.js';
import { type ActivationOrder, type PreparedAction, toMessage, toOrderedActivation } from './activation-order.js';
import type { BuiltInActions } from './built-in-actions.js';
import type { ComponentResolver } from './component-resolver.js';
import { openComposite } from './composite-record.js';
import { CompositeProgress } from './composite-progress.js';
import type { CompositionCounts } from './composition-plan.js';
import { runComposition } from './composition-runner.js';
import type { CompositeWork, Ran, Usage } from './composite-work.js';
import { prepareAction } from './prepare-action.js';
import { runSequence } from './sequence-runner.js';

/** Most sequences and compositions inside one another; more only come about when sequences were changed into a circle. */
const maxDepth = 101;

/** Components of a topmost composition count from here. */
const noCounts: CompositionCounts = { components: 0, conductors: 0 };

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly invoker: ActivationInvoker;
  readonly resolver: ComponentResolver;
  readonly builtIn: BuiltInActions;
  readonly records: Pick<RecordWriter, 'put'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Runs actions of every kind: plain ones in the invoker, sequences and compositions step by step (§8, §11, §12), built-in ones here. */
export class ActionRunner {
  /** Goes with the cached entity; through packages the parameters depend on the path. */
  private readonly prepared = new WeakMap<StoredEntity, PreparedAction>();

  constructor(private readonly deps: Deps) {}

  /** The action with all that its activations need. */
  prepare(found: FoundAction, access: Access): PreparedAction {
    const known = access.package === undefined ? this.prepared.get(found.entity) : undefined;
    if (known !== undefined) return known;
    const prepared = prepareAction(found, access, this.deps.artifacts);
    if (access.package === undefined) this.prepared.set(found.entity, prepared);
    return prepared;
  }

  /**
   * What has to hold before a sequence or composition is accepted: for a sequence the right to activate each component
   * (403, or 404 for a missing package; §4.4), then a payload without immutable keys (400). Needless for plain actions.
   */
  async admit(order: ActivationOrder): Promise<void> {
    const { exec } = order.action.executable.action;
    if (exec.kind === 'sequence' && 'components' in exec) {
      await this.deps.resolver.entitle(order.identity, 'ACTIVATE', exec.components);
    }
    toMessage(order);
  }

  /**
   * Runs one activation to its end. Rejects with QueueFull (plain actions) or ShuttingDown before anything ran, and throws a
   * 400 for an immutable key in the payload of a plain action; a sequence, a composition or a built-in action that has begun
   * always gives a record.
   */
  run(order: ActivationOrder): Promise<FinishedActivation> {
    if (order.action.composite === undefined) return this.deps.invoker.activate(toMessage(order));
    return this.deps.invoker.whole(() => this.runComposite(order, {})).then(({ ended }) => ended.finished);
  }

  /** What is stored of an activation that is accepted before it has ended (RS-102). */
  open(order: ActivationOrder): OpenActivation {
    const { composite } = order.action;
    const isSingle = composite === undefined || composite === 'built-in';
    return isSingle ? openActivation(toOrderedActivation(order)) : openComposite(order);
  }

  private async runInside(order: ActivationOrder, usage: Usage): Promise<Ran> {
    if (order.action.composite !== undefined) return this.runComposite(order, usage);
    const finished = await this.deps.invoker.activate(toMessage(order));
    return { ended: { finished, memory: order.action.executable.action.limits.memory }, usage: {} };
  }

  private async runComposite(order: ActivationOrder, usage: Usage): Promise<Ran> {
    const { deps } = this;
    if (order.action.composite === 'built-in') return { ended: await deps.builtIn.run(order), usage: {} };
    const progress = new CompositeProgress(order, deps);
    if ((order.depth ?? 0) > maxDepth) {
      return { ended: await progress.end(failure(1, tooDeep(order))), usage: {} };
    }
    const work: CompositeWork = {
      order,
      progress,
      resolver: deps.resolver,
      random: deps.random,
      clock: deps.clock,
      log: deps.log,
      run: (component, given) => this.runInside(component, given),
    };
    return order.action.composite === 'sequence'
      ? runSequence(work, { atomic: 0, ...usage })
      : runComposition(work, usage.counts ?? noCounts);
  }
}

function tooDeep({ action }: ActivationOrder): string {
  return action.composite === 'sequence' ? messages.sequenceTooLong : messages.compositionTooLong;
}
