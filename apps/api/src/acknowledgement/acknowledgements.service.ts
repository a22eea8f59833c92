import type { Once, PartyCaller } from '#libs/access';
import type { AckLink, AckTry } from '#libs/notifications';
import { isErased, type LineView, type RequestView, type Wired } from '#libs/requests';
import { Problem, type Logger, type Tx, type UnitOfWork } from '#libs/runtime';
import type { AckRequest, Language } from '#libs/wording';
import { hashToken } from '#libs/vault';

/** What the page of a link can know: the link, and its own party's view of the request. */
export interface Opened {
  link: AckLink;
  request: AckRequest;
  line: LineView;
  instance: 'sample' | 'real';
  /** Whether the link itself can no longer be used. */
  expired: boolean;
}

/** Acknowledging without a login: what stands behind a link, and what its bearer does with the code. */
export class Acknowledgements {
  constructor(
    private readonly units: UnitOfWork,
    private readonly wired: Pick<
      Wired,
      'work' | 'ackLinks' | 'queries' | 'parties' | 'requests' | 'observations' | 'disclaimers'
    >,
    private readonly logger: Logger,
  ) {}

  /** Looks a link up and changes nothing; undefined when there is no such link. */
  async look(token: string, language: Language): Promise<Opened | undefined> {
    const { work, ackLinks, queries, parties } = this.wired;
    const found = await this.presenting(token, async (tx) => {
      const link = await ackLinks.find(tx);
      return link && { link, expired: link.expiresAt <= (await tx.now()) };
    });
    if (!found) return undefined;
    const { link } = found;
    const caller = bearer(link, '', language);
    return work.read(caller, async (tx) => {
      const view = await queries.one(tx, caller, link.requestId);
      const names = await parties.known(tx, [view.from, link.partyCode]);
      const instance = await parties.instance(tx);
      const line = lineOf(view.addressees, link.bodyId);
      if (!line) throw new Problem('not-found', 'There is no such link.');
      const name = (code: string) => names.get(code)?.[language] ?? code;
      return {
        ...found,
        request: shown(view, name(view.from), name(link.partyCode)),
        line,
        instance: instance.kind,
      };
    });
  }

  /** Takes the fetch of a link for word that its mail arrived. Never raises: whoever reads the page is not held up. */
  async fetched(token: string): Promise<void> {
    try {
      await this.presenting(token, (tx) => this.wired.observations.fetched(tx));
    } catch (error) {
      this.logger.warn(
        { code: error instanceof Problem ? error.code : 'unknown' },
        'a fetch was not recorded',
      );
    }
  }

  /** Tries a code, and counts it when it is wrong. Whoever has the right one is taken to have read the request. */
  async tryCode(token: string, code: string): Promise<AckTry> {
    const tried = await this.presenting(token, (tx) => this.wired.ackLinks.tryCode(tx, code));
    if (tried.outcome === 'right') await this.viewed(tried.link);
    return tried;
  }

  /** Acknowledges in the name that the bearer states. Raises `act-not-possible` when it was done or withdrawn before. */
  async acknowledge(link: AckLink, name: string, language: Language, once?: Once): Promise<void> {
    const caller = { ...bearer(link, name, language), ...(once ? { once } : {}) };
    await this.wired.requests.act(caller, link.requestId, { act: 'acknowledge' });
  }

  /** Reports that the reader is not responsible, and does nothing to the request. Alike when repeated. */
  async notResponsible(token: string, link: AckLink): Promise<void> {
    await this.wired.disclaimers.notResponsible(token, link);
  }

  private async viewed(link: AckLink): Promise<void> {
    const { work, queries, observations } = this.wired;
    const caller = bearer(link, '', 'en');
    await work.read(caller, async (tx) => {
      const view = await queries.one(tx, caller, link.requestId);
      await observations.viewed(tx, caller, view, 'code-typed');
    });
  }

  private async presenting<T>(token: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const presented = hashToken(token);
    return this.units.run({ actor: 'link', party: null, body: null, purpose: 'link', presented }, work);
  }
}

/** The line that the link's body holds; else the one on which the party was asked. */
const lineOf = (lines: readonly LineView[], bodyId: string): LineView | undefined =>
  lines.findLast(({ body }) => body?.id === bodyId) ?? lines.find(({ body }) => body === null);

const bearer = (link: AckLink, name: string, language: Language): PartyCaller => ({
  kind: 'link',
  actor: `link:${link.noticeId}`,
  party: link.partyCode,
  body: link.bodyId,
  role: 'link-bearer',
  assurance: 'link-and-code',
  name,
  language,
});

const shown = (view: RequestView, from: string, to: string): AckRequest => ({
  traffic: view.traffic,
  kind: view.kind,
  reference: view.reference,
  urgency: view.urgency as AckRequest['urgency'],
  tlp: view.tlp as AckRequest['tlp'],
  from,
  to,
  sentAt: new Date(view.sentAt ?? 0),
  ...(view.sentence && !isErased(view.sentence) ? { sentence: view.sentence } : {}),
  ...(view.text && !isErased(view.text) ? { text: view.text } : {}),
  ...(view.neededBy && !isErased(view.neededBy) ? { neededBy: new Date(view.neededBy) } : {}),
});
