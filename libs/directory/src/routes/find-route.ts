import { mayTravelInMail } from '#libs/wording';
import { isOver } from '../channel-expiry.js';
import { operatedByPeople, reachableStates } from '../entry-words.js';
import { planModes, planPlaces } from './route-words.js';
import type {
  ChosenBecause,
  FoundRoute,
  PassedBecause,
  PlanMode,
  PlanWay,
  RouteCandidate,
  RouteChannel,
  RouteNeed,
  RoutePassed,
  RoutePlan,
  RouteStep,
  UsableChannel,
} from './route-words.js';
import { stagesOf } from './route-stages.js';

const isOne = (list: readonly string[], value: string): boolean => list.includes(value);
const isEndpoint = (kind: RouteChannel['kind']): boolean => kind === 'webhook' || kind === 'gateway';
const triedInNeed: readonly PassedBecause[] = [
  ...(['level-not-wanted', 'absent', 'unproven', 'expired', 'wrong-purpose'] as const),
  'plan-says-otherwise',
];

/**
 * Who is to be contacted, on which channel, in which order, and why each was chosen or passed over (A/76/135, 53 and 55):
 * each channel of each candidate stands once in the steps or among those passed over, and the same facts give the same
 * answer. The plan of the pair goes before those of networks, the tensest of these first; what is in no plan follows it.
 * The tensest mode of them all holds: a crisis that a network declares is none the less one between two of its members.
 */
export function findRoute(
  candidates: readonly RouteCandidate[],
  need: RouteNeed,
  plans: readonly RoutePlan[],
): FoundRoute {
  const tensest = plans.toSorted((one, other) => tensionOf(other) - tensionOf(one));
  const plan = plans.find(({ kind }) => kind === 'pair') ?? tensest[0] ?? null;
  const mode = tensest[0]?.mode ?? 'normal';
  const ways = (plan?.ways ?? []).toSorted((one, other) => placeOf(one) - placeOf(other));
  const standingIn = substitutes(candidates, need);
  const usable: UsableChannel[] = [];
  const passedOver: RoutePassed[] = [];
  for (const contact of candidates) {
    const substitute = standingIn.get(contact.id) ?? null;
    const stoodInFor = candidates.filter(({ id }) => standingIn.get(id) === contact.id);
    if (contact.channels.length === 0) passedOver.push(passed(contact, null, 'no-channel'));
    for (const channel of contact.channels) {
      const found = usableOf(contact, channel, need, ways, stoodInFor);
      const because =
        contactFault(contact) ??
        (found.level === Infinity && found.inPlan === Infinity ? 'level-not-wanted' : undefined) ??
        (substitute === null ? undefined : ('absent' as const)) ??
        channelFault(channel, need);
      if (because)
        passedOver.push({
          ...passed(contact, channel, because),
          substitute: because === 'absent' ? substitute : null,
        });
      else usable.push(found);
    }
  }
  const ordered = usable.toSorted(before(need));
  const { kept, against } = obeying(plan, ordered, need);
  passedOver.push(...against.map(({ contact, channel }) => passed(contact, channel, 'plan-says-otherwise')));
  const stages = stagesOf(kept, mode, (step) => meansOf(step.channel, need));
  const steps = kept.map((step, index) =>
    stepOf(step, need, mode, stages[index] ?? { stage: 'by-hand', last: false }),
  );
  const otherMeans = ways.flatMap(({ place, means }) => (means ? [{ place, means }] : []));
  return {
    plan,
    mode,
    steps,
    passedOver,
    otherMeans,
    advice: steps.length > 0 ? [] : adviceFor(otherMeans, passedOver),
  };
}

const tensionOf = ({ mode }: RoutePlan): number => planModes.indexOf(mode);
const placeOf = ({ place }: PlanWay): number => planPlaces.indexOf(place);

/** By absent point of contact: who steps in, directly or behind others who are absent too. */
function substitutes(candidates: readonly RouteCandidate[], need: RouteNeed): Map<string, string> {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const answering = (candidate: RouteCandidate) =>
    contactFault(candidate) === undefined &&
    candidate.channels.some(
      (channel) => channelFault(channel, need) === undefined && !isForOther(channel, need),
    );
  const found = new Map<string, string>();
  for (const { id, absent, substitute } of candidates) {
    const seen = new Set([id]);
    let next = absent && substitute !== null ? byId.get(substitute) : undefined;
    while (next?.absent && !seen.has(next.id)) {
      seen.add(next.id);
      next = next.substitute === null ? undefined : byId.get(next.substitute);
    }
    if (next && !next.absent && answering(next)) found.set(id, next.id);
  }
  return found;
}

function usableOf(
  contact: RouteCandidate,
  channel: RouteChannel,
  need: RouteNeed,
  ways: readonly PlanWay[],
  stoodInFor: readonly RouteCandidate[],
): UsableChannel {
  const { levels } = need;
  const roles = [contact, ...stoodInFor];
  const levelOf = (one: RouteCandidate) =>
    levels.includes(one.level) ? levels.indexOf(one.level) : Infinity;
  const level = Math.min(...roles.map(levelOf));
  const [best] = roles
    .filter((one) => levelOf(one) === level)
    .toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
  const names = (way: PlanWay) =>
    way.channel === undefined
      ? (way.level ?? way.kind) !== undefined &&
        (way.level === undefined || roles.some((one) => one.level === way.level)) &&
        (way.kind === undefined || way.kind === channel.kind)
      : way.channel === channel.id;
  const index = ways.findIndex(names);
  return {
    ...{ contact, channel, level, inPlan: index < 0 ? Infinity : index, way: ways[index] ?? null },
    position: best?.position ?? contact.position,
    forOther: isForOther(channel, need),
    standsInFor: (best === contact ? undefined : best?.id) ?? null,
  };
}

function contactFault({ state }: RouteCandidate): PassedBecause | undefined {
  if (isOne(reachableStates, state)) return undefined;
  return state as 'nominated' | 'suspended' | 'retired';
}

/** Why a channel is not used for this at all. */
function channelFault(
  { kind, state, expiresOn, purpose, encryption, hasKey }: RouteChannel,
  { traffic, at }: RouteNeed,
): PassedBecause | undefined {
  if (state === 'ended' || state === 'unproven') return state;
  if (isOver(expiresOn, at)) return 'expired';
  if (purpose === 'exercise' && traffic === 'actual') return 'wrong-purpose';
  // Nothing is encrypted to an endpoint.
  const inClear = isEndpoint(kind) || (kind === 'mail' && !hasKey);
  return encryption === 'required' && inClear ? 'no-valid-key' : undefined;
}

/** Whether it is for matters of another urgency: better than to reach nobody, but after all others. */
const isForOther = ({ purpose }: RouteChannel, { urgency }: RouteNeed): boolean =>
  purpose === (urgency === 'U1' || urgency === 'U2' ? 'routine' : 'urgent');

/**
 * Proven before suspect, the plan before all else, channels of the purpose before those of another, then whose
 * constituency it is, then by level, and there: current, on duty, of the sector, in order.
 */
const before =
  (need: RouteNeed) =>
  (one: UsableChannel, other: UsableChannel): number => {
    const [left, right] = [keyOf(one, need), keyOf(other, need)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
  };

const keyOf = (
  { contact, channel, level, inPlan, position, forOther }: UsableChannel,
  need: RouteNeed,
): (number | string)[] => [
  ...[Number(channel.state === 'suspect'), inPlan, Number(forOther), Number(!isOfBody(contact, need)), level],
  Number(contact.state === 'stale'),
  ...[dutyRank(contact), Number(!servesSector(contact, need)), position],
  ...[contact.id, channel.position, channel.id],
];

const dutyRank = ({ absent, duty }: RouteCandidate): number =>
  absent ? 3 : ['on', 'unknown', 'off'].indexOf(duty);

const isOfBody = (contact: RouteCandidate, { body }: RouteNeed): boolean =>
  body !== undefined && contact.body === body;

const servesSector = ({ sectors }: RouteCandidate, { sectors: wanted = [] }: RouteNeed): boolean =>
  wanted.some((sector) => sectors.includes(sector));

/** A plan that allows nothing beside it holds as long as it names something that the system can write to. */
function obeying(
  plan: RoutePlan | null,
  ordered: UsableChannel[],
  need: RouteNeed,
): { kept: UsableChannel[]; against: UsableChannel[] } {
  const binds =
    plan?.only === true &&
    ordered.some((step) => step.inPlan < Infinity && meansOf(step.channel, need) !== 'call');
  if (!binds) return { kept: ordered, against: [] };
  const isKept = ({ inPlan }: UsableChannel) => inPlan < Infinity;
  return { kept: ordered.filter(isKept), against: ordered.filter((step) => !isKept(step)) };
}

function meansOf({ kind, hasKey }: RouteChannel, { tlp }: RouteNeed): RouteStep['means'] {
  if (isOne(operatedByPeople, kind)) return 'call';
  if (isEndpoint(kind)) return 'endpoint';
  return mayTravelInMail(tlp) || hasKey ? 'mail' : 'call-back';
}

function stepOf(
  step: UsableChannel,
  need: RouteNeed,
  mode: PlanMode,
  { stage, last }: { stage: RouteStep['stage']; last: boolean },
): RouteStep {
  const { contact, channel, way, standsInFor } = step;
  const means = meansOf(channel, need);
  const duties = { on: 'on-duty', off: 'off-duty', unknown: 'hours-unknown' } as const;
  const facts: [boolean, ChosenBecause][] = [
    [way !== null, 'plan'],
    [mode === 'crisis' && stage === 'at-once', 'crisis'],
    [standsInFor !== null, 'stands-in'],
    [isOfBody(contact, need), 'constituency'],
    [step.position === 1 && standsInFor === null, 'primary'],
    [servesSector(contact, need), 'sector'],
    [true, contact.absent ? 'nobody-stands-in' : duties[contact.duty]],
    [contact.state === 'stale', 'stale'],
    [channel.state === 'suspect', 'suspect'],
    [step.forOther, 'other-purpose'],
    [means === 'call-back', 'call-back'],
    [means === 'endpoint', 'endpoint'],
    [means === 'mail' && channel.encryption === 'wanted' && !channel.hasKey, 'key-missing'],
    [means === 'call', 'call'],
    [last, 'last-left'],
  ];
  const because = facts.filter(([holds]) => holds).map(([, code]) => code);
  return {
    contact: contact.id,
    channel: channel.id,
    means,
    stage,
    because,
    place: way?.place ?? null,
    standsInFor,
  };
}

const passed = (
  contact: RouteCandidate,
  channel: RouteChannel | null,
  because: PassedBecause,
): RoutePassed => ({
  ...{ contact: contact.id, channel: channel?.id ?? null, because, substitute: null },
  couldBeTried: triedInNeed.includes(because),
});

function adviceFor(
  otherMeans: FoundRoute['otherMeans'],
  passedOver: readonly RoutePassed[],
): FoundRoute['advice'] {
  return [
    ...(otherMeans.length > 0 ? (['try-other-means'] as const) : []),
    ...(passedOver.some(({ couldBeTried }) => couldBeTried) ? (['try-passed-over'] as const) : []),
    ...(passedOver.some(({ because }) => because === 'level-not-wanted')
      ? (['ask-other-levels'] as const)
      : []),
    'ask-secretariat',
  ];
}
