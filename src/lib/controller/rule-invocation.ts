import type { Entitlement } from '../entitlement/entitlement.js';
import { stringifyJson } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { RuleCall, RuleInvoker, RuleOutcome } from '../feeds/rule-invoker.js';
import type { ActionInvocation } from './action-invocation.js';
import { activationIdOf } from './answer.js';
import { toRejection } from './error-answer.js';
import { QueryParameters } from './query-parameters.js';

/** Invokes the actions of rules on the way of every non-blocking invocation, without HTTP (openwhisk-api.md §13.3, §19.4). */
export class RuleInvocation implements RuleInvoker {
  constructor(
    private readonly deps: {
      readonly entitlement: Entitlement;
      readonly invocation: ActionInvocation;
      readonly log: Log;
    },
  ) {}

  async invoke(call: RuleCall): Promise<RuleOutcome> {
    try {
      return { activationId: await this.start(call) };
    } catch (error) {
      const refusal = toRejection(error, undefined) ?? new Rejection(500, messages.internalError);
      if (refusal.status >= 500) this.deps.log.error('controller', 'a rule could not run its action', error);
      return { status: refusal.status, error: refusal.message };
    }
  }

  private async start({ identity, transactionId, received, action, payload }: RuleCall): Promise<string> {
    const { entitlement, invocation } = this.deps;
    const access = await entitlement.check(identity, 'ACTIVATE', { ...action, collection: 'actions' });
    const answer = await invocation.activate({
      ...action,
      identity,
      transactionId,
      received,
      access,
      id: '',
      query: new QueryParameters({}),
      headers: {},
      body: stringifyJson(payload),
    });
    return activationIdOf(answer);
  }
}
