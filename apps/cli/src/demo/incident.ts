import type { DeliveryView, LineClocks, RequestView } from '#libs/requests';
import { samples, staged, type Sample, type SampleStep } from '#libs/templates';
import { AckPage } from './ack-page.js';
import { callOf, filingOf } from './calls.js';
import type { InstanceClock } from './instance-clock.js';
import { wrapped } from './layout.js';
import type { Mailbox } from './mailbox.js';
import { nextReminder, remindersOf } from './next-reminder.js';
import type { Officers } from './officers.js';
import { nextTime, type Part } from './programme.js';
import { see, seeSoon } from './seen.js';
import { isSilent, unseen } from './step-seen.js';
import type { Visitor } from './visitor.js';

/** What every incident of the demo is played on. */
export interface Stage {
  officers: Officers;
  mailbox: Mailbox;
  clock: InstanceClock;
  /** Told what is worth telling while it happens. */
  print: (line: string) => void;
}

/** How complete the request was, and what an amendment made of it. */
export interface Amended {
  at: string;
  from: number;
  to: number;
}

const minute = 60_000;
const fetches = 50;

/** A side of an incident: a body of a party, and who acts for it. */
export interface Side {
  party: string;
  body: string;
  visitor: Visitor;
}

/** One incident as it is played: filed, acted on minute by minute, each step seen by the other side. */
export class Incident {
  readonly path: string;
  readonly requester: Side;
  readonly amended: Amended[] = [];
  /** The body of each addressee that the request is with. */
  private readonly holders: Map<string, string>;

  private constructor(
    private readonly stage: Stage,
    private readonly part: Part,
    readonly sample: Sample,
    readonly filed: RequestView,
  ) {
    this.path = `/api/v1/requests/${filed.id}`;
    this.requester = this.side(filed.from, 'cert');
    this.holders = new Map(sample.addressees.map((party) => [party, 'cert']));
  }

  /** Files a sample, at its time of the week, and sees its mails on their way. */
  static async file(stage: Stage, part: Part): Promise<Incident> {
    const sample = samples.find(({ key }) => key === part.key);
    if (!sample) throw new Error(`There is no sample "${part.key}".`);
    const at = nextTime(await stage.clock.now(), part.filed);
    await stage.clock.moveTo(at);
    const { visitor } = side(stage, String(sample.answers.from), 'cert');
    const filed = await visitor.post<RequestView>('/api/v1/requests', filingOf(staged(sample, at, '')));
    const sent = filed.addressees.map(({ party, state }) => `${party} ${state}`);
    see(sent.join() === sample.addressees.map((party) => `${party} sent`).join(), 'the request is sent');
    return new Incident(stage, part, staged(sample, at, filed.reference), filed);
  }

  /** Plays the script to its end. Raises at the first step that was not seen to happen. */
  async play(): Promise<void> {
    await this.settled();
    for (const step of this.sample.script) {
      await this.reach(new Date(this.filedAt.getTime() + step.minute * minute));
      await this.take(step);
    }
  }

  get filedAt(): Date {
    return new Date(this.filed.sentAt ?? '');
  }

  /** What is sent to file it and with each act; from the mail one says no more than a name. */
  said(): object[] {
    const steps = this.sample.script.filter((step) => !this.isFromMail(step));
    return [filingOf(this.sample), ...steps.map((step) => callOf(step, (_party, kind) => kind))];
  }

  /** Every side that took part: the requester, and of each addressee the bodies that acted. */
  sides(): Side[] {
    const bodies = this.sample.script.map(({ by, body }) => `${by} ${body}`);
    return [...new Set([`${this.filed.from} cert`, ...bodies])].map((name) => {
      const [party = '', body = ''] = name.split(' ');
      return this.side(party, body);
    });
  }

  async view({ visitor }: Side = this.requester): Promise<RequestView> {
    return visitor.get(this.path);
  }

  async clocks({ visitor }: Side = this.requester): Promise<LineClocks[]> {
    return (await visitor.get<{ items: LineClocks[] }>(`${this.path}/clocks`)).items;
  }

  async deliveries({ visitor }: Side = this.requester): Promise<DeliveryView[]> {
    return (await visitor.get<{ items: DeliveryView[] }>(`${this.path}/deliveries`)).items;
  }

  private isFromMail({ act }: SampleStep): boolean {
    return act === 'acknowledge' && this.part.fromTheMail;
  }

  private side(party: string, body: string): Side {
    return side(this.stage, party, body);
  }

  /** Lets time pass until then, stopping where a reminder is due, until it has fired and its mails are delivered. */
  private async reach(until: Date): Promise<void> {
    for (;;) {
      const due = nextReminder(await this.view(), await this.clocks());
      if (!due || due.at > until) break;
      await this.stage.clock.moveTo(due.at);
      await seeSoon(`a reminder of ${due.party}`, async () =>
        remindersOf((await this.view()).timeline, due) >= due.count ? true : undefined,
      );
      await this.settled();
    }
    await this.stage.clock.moveTo(until);
  }

  private async take(step: SampleStep): Promise<void> {
    const other = this.otherSideOf(step);
    const [before, told] = [await this.view(other), await this.deliveries()];
    await (this.isFromMail(step)
      ? this.acknowledgeFromMail(step)
      : this.act(step, before.completeness?.percent));
    const missing = unseen(step, before, await this.view(other));
    see(missing === undefined, missing ?? '');
    const mails = (await this.settled()).length - told.length;
    see(mails > 0 !== isSilent(step), `${isSilent(step) ? 'no mail' : 'a mail'} that tells of "${step.act}"`);
    if (step.redirectTo) this.holders.set(step.redirectTo.party, step.redirectTo.body);
  }

  private async act(step: SampleStep, percent = 0): Promise<void> {
    const name = step.answers?.acknowledgedBy;
    const { officers } = this.stage;
    const visitor = isNamed(name) ? officers.named(name.name) : officers.of(step.by, step.body);
    const bodies = new Map<string, string>();
    if (step.redirectTo) {
      const party = await visitor.get<{ bodies: { id: string; kind: string }[] }>(
        `/api/v1/parties/${step.redirectTo.party}`,
      );
      for (const { id, kind } of party.bodies) bodies.set(kind, id);
    }
    const call = callOf(step, (_party, kind) => bodies.get(kind) ?? '');
    const after = await visitor.post<RequestView>(`${this.path}/acts`, call);
    if (step.act !== 'amend') return;
    const at = after.timeline.findLast(({ act }) => act === 'amend')?.at ?? '';
    this.amended.push({ at, from: percent, to: after.completeness?.percent ?? 0 });
  }

  /** As a duty officer without an account does, after a scanner that followed the link. */
  private async acknowledgeFromMail(step: SampleStep): Promise<void> {
    const request = (await this.deliveries()).find(
      ({ kind, party, pointOfContact }) =>
        kind === 'request' && party === step.by && pointOfContact.position === 1,
    );
    const mail = request && (await this.stage.mailbox.of(request.notice));
    see(mail !== undefined, `the mail to the first point of contact of ${step.by}`);
    const page = AckPage.in(mail.text);
    const states = async () => (await this.view()).addressees.map(({ state }) => state).join();
    const before = await states();
    for (let count = 0; count < fetches; count++) see((await page.open()).status === 200, 'the page opens');
    see((await states()) === before, 'fetching the link acknowledges nothing');
    const { addressees } = await this.view();
    see(
      addressees.some(({ reach }) => reach === 'delivered'),
      'the requester sees that the mail arrived',
    );
    const name = step.answers?.acknowledgedBy;
    const done = await page.submit(isNamed(name) ? name.name : '');
    see(done.status === 200, 'the page confirms the acknowledgement');
    const told =
      `Acknowledged from the mail to ${mail.envelope.to[0]}: its link was fetched ${fetches} times before,` +
      ' as scanners do, which shows that it arrived and nothing more; a name and the code did it, without an account.';
    for (const line of wrapped(told)) this.stage.print(line);
  }

  private otherSideOf({ by, addressee }: SampleStep): Side {
    if (by !== this.filed.from) return this.requester;
    const party = addressee ?? this.sample.addressees[0] ?? '';
    return this.side(party, this.holders.get(party) ?? '');
  }

  /** Waits until each mail has left or was recalled: time moves on only then, or they would be sent again. */
  private async settled(): Promise<DeliveryView[]> {
    return seeSoon('each mail is accepted by a relay or recalled', async () => {
      const all = await this.deliveries();
      return all.every(({ settledAt }) => settledAt !== null) ? all : undefined;
    });
  }
}

const side = ({ officers }: Stage, party: string, body: string): Side => ({
  ...{ party, body, visitor: officers.of(party, body) },
});

const isNamed = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
