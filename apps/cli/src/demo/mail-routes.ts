import type { DeliveryView } from '#libs/requests';
import { columns, since } from './layout.js';
import { isOf, type Mail } from './mailbox.js';

/** A point of contact as the directory shows it. */
export interface Contact {
  id: string;
  party: string;
  body: { names: Record<string, string> };
  channels: { address: string }[];
}

/** One mail on its way: the notice, whom it was for, and what arrived. */
export interface MailRoute {
  delivery: DeliveryView;
  contact: Contact | undefined;
  mails: Mail[];
}

/** Each notice beside its point of contact and the mails that it became, earliest first. */
export const mailRoutes = (
  deliveries: readonly DeliveryView[],
  contacts: readonly Contact[],
  mails: readonly Mail[],
): MailRoute[] =>
  deliveries.map((delivery) => ({
    delivery,
    contact: contacts.find(({ id }) => id === delivery.pointOfContact.id),
    mails: mails.filter((mail) => isOf(mail, delivery.notice)),
  }));

/**
 * What is wrong with the way of a mail; undefined when nothing is. One that was accepted stands once in the mailbox,
 * under the address of its point of contact; one that was recalled does not.
 */
export function faultInRoute({ delivery, contact, mails }: MailRoute): string | undefined {
  const { kind, party, state } = delivery;
  const what = `the mail "${kind}" to a point of contact of ${party}`;
  if (state === 'cancelled' && mails.length === 0) return undefined;
  if (state !== 'accepted') return `${what} accepted by a relay: it is ${state}`;
  if (mails.length !== 1) return `${what} once in the mailbox: it is there ${mails.length} times`;
  const address = contact?.channels[0]?.address ?? '';
  return mails[0]?.envelope.to.join() === address ? undefined : `${what} under its address ${address}`;
}

/** What a subject says beside marking, urgency, label and reference. */
const wordsOf = (subject: string, reference: string): string => subject.split(`${reference} `)[1] ?? subject;

function outcomeOf({ attempts, state }: DeliveryView): string {
  const last = attempts.at(-1);
  if (state === 'cancelled' || !last) return 'recalled';
  return `${last.outcome}${last.number > 1 ? `, attempt ${last.number}` : ''}`;
}

/** The ways of all mails as lines of text: when each was accepted, which one it is, to whom, and what became of it. */
export function mailTable(routes: readonly MailRoute[], reference: string, sentAt: string): string[] {
  return columns(
    routes.map(({ delivery, contact, mails }) => {
      const { level, position } = delivery.pointOfContact;
      return [
        since(sentAt, delivery.attempts.at(-1)?.endedAt ?? delivery.createdAt).padStart(7),
        wordsOf(mails[0]?.subject ?? delivery.kind, reference),
        `${delivery.party} ${level} ${position}, ${contact?.body.names.en ?? 'unknown body'}`,
        outcomeOf(delivery),
      ];
    }),
  );
}
