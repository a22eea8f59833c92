import type { TlpCode, Urgency, WrittenText } from '#libs/wording';
import type {
  ChannelKind,
  ChannelPurpose,
  ChannelState,
  ContactState,
  Encryption,
  Level,
} from '../entry-words.js';

/** Places of a communication plan, first to last (A/76/135, 55). */
export const planPlaces = ['primary', 'alternate', 'contingency', 'emergency'] as const;
export type PlanPlace = (typeof planPlaces)[number];

/** How tense it is between those whom a plan is for. */
export const planModes = ['normal', 'heightened', 'crisis'] as const;
export type PlanMode = (typeof planModes)[number];

/** One way that a plan names: a channel, or all of a level and a kind; or another means, in words. */
export interface PlanWay {
  place: PlanPlace;
  level?: Level | undefined;
  kind?: ChannelKind | undefined;
  channel?: string | undefined;
  means?: WrittenText | undefined;
}

/** A communication plan in force, as far as routes obey it. */
export interface RoutePlan {
  id: string;
  version: number;
  kind: 'pair' | 'network';
  mode: PlanMode;
  /** Whether nothing but its ways is to be used. */
  only: boolean;
  ways: readonly PlanWay[];
}

export interface RouteChannel {
  id: string;
  kind: ChannelKind;
  /** 1 is first. */
  position: number;
  purpose: ChannelPurpose;
  state: ChannelState;
  encryption: Encryption;
  /** The last day on which it is good, `YYYY-MM-DD`. */
  expiresOn: string | null;
  /** Whether a key that is good now is known for it. */
  hasKey: boolean;
}

/** A point of contact as far as routes are found to it. */
export interface RouteCandidate {
  id: string;
  level: Level;
  position: number;
  state: ContactState;
  duty: 'on' | 'off' | 'unknown';
  absent: boolean;
  /** Who stands in while it is absent; another candidate. */
  substitute: string | null;
  /** Sectors that its body serves. */
  sectors: readonly string[];
  body: string;
  channels: readonly RouteChannel[];
}

/** What somebody is to be reached for. */
export interface RouteNeed {
  urgency: Urgency;
  tlp: TlpCode;
  /** Best first. */
  levels: readonly Level[];
  /** Those that it is about; who serves one of them goes first. */
  sectors?: readonly string[] | undefined;
  /** Whose constituency it is about: its points of contact go first. */
  body?: string | undefined;
  traffic: 'actual' | 'exercise' | 'test';
  at: Date;
}

/**
 * How a step is taken. `call-back`: a mail without content, which asks to sign in or to be called back; `endpoint`: a
 * webhook or gateway is told, without content.
 */
export const routeMeans = ['mail', 'call-back', 'endpoint', 'call'] as const;
export type RouteMeans = (typeof routeMeans)[number];

/** Whether the system writes at once, when it reminds, or never: then a person takes the step. */
export const routeStages = ['at-once', 'when-reminded', 'by-hand'] as const;
export type RouteStage = (typeof routeStages)[number];

export const chosenBecause = [
  ...(['plan', 'crisis', 'stands-in', 'constituency', 'primary', 'sector', 'on-duty'] as const),
  ...(['hours-unknown', 'off-duty', 'nobody-stands-in', 'stale', 'suspect', 'call-back'] as const),
  ...(['endpoint', 'key-missing', 'call', 'other-purpose', 'last-left'] as const),
] as const;
export type ChosenBecause = (typeof chosenBecause)[number];

export const passedBecause = [
  ...(['nominated', 'suspended', 'retired', 'level-not-wanted', 'absent', 'no-channel'] as const),
  ...(['unproven', 'ended', 'expired', 'wrong-purpose', 'no-valid-key'] as const),
  'plan-says-otherwise',
] as const;
export type PassedBecause = (typeof passedBecause)[number];

export interface RouteStep {
  contact: string;
  channel: string;
  means: RouteMeans;
  stage: RouteStage;
  because: ChosenBecause[];
  /** Its place in the plan that was obeyed. */
  place: PlanPlace | null;
  standsInFor: string | null;
}

export interface RoutePassed {
  contact: string;
  /** Null: the point of contact has none. */
  channel: string | null;
  because: PassedBecause;
  /** Who steps in, where it is absent. */
  substitute: string | null;
  /** Whether a person could still try it, when nothing else is left. */
  couldBeTried: boolean;
}

/** A channel that can be used, with all that it is ordered by. */
export interface UsableChannel {
  contact: RouteCandidate;
  channel: RouteChannel;
  /** Index of the level that it is reached at, in those wanted; Infinity: the plan alone names it. */
  level: number;
  /** Index of the way in the plan; Infinity: not in it. */
  inPlan: number;
  way: PlanWay | null;
  position: number;
  /** Whether it is for matters of another urgency. */
  forOther: boolean;
  standsInFor: string | null;
}

/** What can still be done when there is no step: in order. */
export const routeAdvice = [
  ...(['try-other-means', 'try-passed-over', 'ask-other-levels', 'ask-secretariat'] as const),
] as const;
export type RouteAdvice = (typeof routeAdvice)[number];

export interface FoundRoute {
  /** The plan that was obeyed; null: there is none. */
  plan: RoutePlan | null;
  /** The tensest of all plans in force between the two. */
  mode: PlanMode;
  steps: RouteStep[];
  passedOver: RoutePassed[];
  /** Means that the plan names in words, first to last. */
  otherMeans: { place: PlanPlace; means: WrittenText }[];
  advice: RouteAdvice[];
}
