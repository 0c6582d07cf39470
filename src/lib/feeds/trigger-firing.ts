import type { ActivationStore } from '../database/activation-store.js';
import { newActivationId } from '../entity/activation-id.js';
import type { Identity } from '../entity/identity.js';
import type { JsonObject } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import type { Random } from '../entity/random.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';
import { inactiveEntry, outcomeEntry } from './fire-log.js';
import type { RuleInvoker } from './rule-invoker.js';
import { fireArguments, type MatchedRule, matchRules } from './rule-matching.js';
import { closedTriggerActivation, openTriggerActivation, type TriggerActivation } from './trigger-activation.js';

/** A request to fire a trigger. */
export interface Fire {
  readonly trigger: WhiskTrigger;
  readonly identity: Identity;
  readonly transactionId: string;
  /** Epoch milliseconds at which the request was received. */
  readonly received: number;
  /** For `__ow_headers`; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: JsonObject;
}

/** Fires triggers: runs the actions of their rules and writes the trigger's activation (openwhisk-api.md §13.3, §13.4). */
export class TriggerFiring {
  private readonly pending = new Set<Promise<void>>();

  constructor(
    private readonly deps: {
      readonly activations: ActivationStore;
      readonly rules: RuleInvoker;
      readonly random: Random;
      readonly log: Log;
    },
  ) {}

  /**
   * The id of the trigger's activation, which is stored as accepted by then (RS-102); the rules' actions are started
   * afterwards. Undefined when no rule is active: then nothing happens and nothing is stored.
   */
  async fire(fire: Fire): Promise<string | undefined> {
    const rules = matchRules(fire.trigger);
    if (rules.length === 0) return undefined;
    const { trigger, identity, received: start, payload } = fire;
    const activationId = newActivationId(start, this.deps.random);
    const activation: TriggerActivation = { activationId, trigger, identity, start, payload };
    await this.deps.activations.accept(openTriggerActivation(activation));
    this.follow(this.finish(activation, rules, fire));
    return activationId;
  }

  /** Resolves when no fire is under way any more. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  private follow(running: Promise<void>): void {
    this.pending.add(running);
    void running.finally(() => this.pending.delete(running));
  }

  /** Starts all actions, then writes the record. When that fails, the next start of the platform ends it (RS-104). */
  private async finish(activation: TriggerActivation, rules: readonly MatchedRule[], fire: Fire): Promise<void> {
    try {
      const payload = fireArguments(fire.trigger, fire.headers, fire.payload);
      const logs = await Promise.all(rules.map((rule) => this.run(rule, fire, payload)));
      await this.deps.activations.put(closedTriggerActivation(activation, logs));
    } catch (error) {
      this.deps.log.error('feeds', `the record of activation ${activation.activationId} could not be written`, error);
    }
  }

  private async run(rule: MatchedRule, fire: Fire, payload: JsonObject): Promise<string> {
    if (!rule.active) return inactiveEntry(rule);
    const { identity, transactionId, received } = fire;
    const { action } = rule;
    return outcomeEntry(rule, await this.deps.rules.invoke({ identity, transactionId, received, action, payload }));
  }
}
