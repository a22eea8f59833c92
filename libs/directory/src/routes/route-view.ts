import type { TlpCode, Urgency, WrittenText } from '#libs/wording';
import type { OnDutyView } from '../duty-view.js';
import type { EntryChannelView, EntryView } from '../entries.queries.js';
import type { Level } from '../entry-words.js';
import type {
  ChosenBecause,
  FoundRoute,
  PassedBecause,
  PlanMode,
  PlanPlace,
  RouteAdvice,
  RouteMeans,
  RouteStage,
} from './route-words.js';

/** A code, and the sentence for it. */
export interface Reason<Code> {
  code: Code;
  text: string;
}

type Reached = Pick<EntryView, 'level' | 'position' | 'roleNames' | 'languages' | 'body'> & {
  pointOfContact: string;
};

/** What was asked, in which order whom to contact, and who was passed over, each with reasons. */
export interface RouteView {
  party: string;
  at: string;
  urgency: Urgency;
  tlp: TlpCode;
  traffic: string;
  sector: string | null;
  levels: readonly Level[];
  /** The communication plan that was obeyed. */
  plan: { id: string; number: number; kind: 'pair' | 'network'; mode: PlanMode; only: boolean } | null;
  /** The tensest of all plans in force between the two. */
  mode: PlanMode;
  steps: (Reached & {
    channel: Pick<EntryChannelView, 'id' | 'kind' | 'address' | 'warning' | 'reach' | 'keys'> | null;
    means: RouteMeans;
    stage: RouteStage;
    place: PlanPlace | null;
    standsInFor: string | null;
    zone: string;
    localTime: string;
    duty: OnDutyView['status'];
    nextOnDutyAt: string | null;
    because: Reason<ChosenBecause>[];
  })[];
  passedOver: (Reached & {
    channel: Pick<EntryChannelView, 'id' | 'kind'> | null;
    because: Reason<PassedBecause>;
    substitute: string | null;
    couldBeTried: boolean;
  })[];
  otherMeans: { place: PlanPlace; means: WrittenText }[];
  advice: Reason<RouteAdvice>[];
}

interface Sentences {
  chosen: Readonly<Record<ChosenBecause, string>>;
  passed: Readonly<Record<PassedBecause, string>>;
  advice: Readonly<Record<RouteAdvice, string>>;
}

interface Known {
  entries: ReadonlyMap<string, EntryView>;
  duty: ReadonlyMap<string, OnDutyView>;
}

/** A route in full, with what the caller may read of its points of contact and a sentence for each reason. */
export function routeView(
  asked: Pick<RouteView, 'party' | 'urgency' | 'tlp' | 'traffic' | 'levels'> & {
    at: Date;
    sector?: string | undefined;
  },
  { plan, mode, steps, passedOver, otherMeans, advice }: FoundRoute,
  { entries, duty }: Known,
  sentences: Sentences,
): RouteView {
  const said = <Code extends string>(texts: Readonly<Record<Code, string>>, code: Code): Reason<Code> => ({
    code,
    text: texts[code],
  });
  const channelOf = (entry: EntryView, id: string | null) => entry.channels.find((one) => one.id === id);
  return {
    ...{ ...asked, at: asked.at.toISOString(), sector: asked.sector ?? null },
    plan: plan && { id: plan.id, number: plan.version, kind: plan.kind, mode: plan.mode, only: plan.only },
    mode,
    steps: steps.flatMap(({ contact, channel, because, ...step }) => {
      const [entry, at] = [entries.get(contact), duty.get(contact)];
      if (!entry || !at) return [];
      const on = channelOf(entry, channel);
      return {
        ...{ ...reached(entry), ...step, zone: at.zone, localTime: at.localTime },
        ...{ duty: at.status, nextOnDutyAt: at.nextAt },
        channel: on ? wayOf(on) : null,
        because: because.map((code) => said(sentences.chosen, code)),
      };
    }),
    passedOver: passedOver.flatMap(({ contact, channel, because, ...passed }) => {
      const entry = entries.get(contact);
      if (!entry) return [];
      const on = channelOf(entry, channel);
      return {
        ...{ ...reached(entry), ...passed, channel: on ? { id: on.id, kind: on.kind } : null },
        because: said(sentences.passed, because),
      };
    }),
    otherMeans,
    advice: advice.map((code) => said(sentences.advice, code)),
  };
}

const wayOf = ({ id, kind, address, warning, reach, keys }: EntryChannelView) => ({
  ...{ id, kind, address, warning, reach, keys },
});

const reached = ({ id, level, position, roleNames, languages, body }: EntryView): Reached => ({
  ...{ pointOfContact: id, level, position, roleNames, languages, body },
});
