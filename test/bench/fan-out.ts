import { Agent } from 'node:http';
import { AckLinks, Outbox, type OutboxMessage, type Recipient } from '#libs/notifications';
import { memberStates } from '#libs/parties';
import { entities } from '#libs/requests';
import { createDatabase, createLogger, Doorbell, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault, type Sealed } from '#libs/vault';
import { renderHtml, renderText, type MailText } from '#libs/wording';
import { settings } from '../harness/settings.js';
import { post } from './clients.js';
import type { Installation } from './installation.js';

/** One transaction that enqueues a notice for each point of contact of each member State. */
export interface FanOut {
  size: number;
  /** A mail of it as it is rendered. */
  sample: { subject: string; text: string; html: string };
  enqueue(): Promise<void>;
  stop(): Promise<void>;
}

interface Told {
  [column: string]: unknown;
  id: string;
  request_id: string;
  addressee_id: string;
  party_code: string;
  body: Sealed;
  wrapped: Sealed;
  asking_body: string;
  contacts: { id: string; body: string; level: string }[];
}

const toldSql = `
  SELECT m.id, m.request_id, m.addressee_id, m.party_code, m.body, k.wrapped, r.body_id AS asking_body,
    (SELECT json_agg(json_build_object('id', p.id, 'body', p.body_id, 'level', p.level) ORDER BY p.level DESC)
     FROM points_of_contact p WHERE p.party_code = m.party_code) AS contacts
  FROM messages m JOIN requests r ON r.id = m.request_id
    JOIN request_keys k ON k.request_id = m.request_id AND k.party_code = 'XA'
  WHERE m.addressee_id IS NOT NULL AND m.request_id = $1 ORDER BY m.party_code`;

/**
 * Files one request to all 193 member States through the api, then tells it again, each time in one transaction of
 * the real outbox: to each State's technical, diplomatic and policy point of contact, 579 in all.
 */
export async function fanOutOf(installation: Installation): Promise<FanOut> {
  const { database, redis } = installation;
  const filed = await post(new Agent(), installation.filing(memberStates.map(({ code }) => code)));
  await installation.delivered();
  const told = await database.rows<Told>(toldSql, [(JSON.parse(filed.text) as { id: string }).id]);
  const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
  const source = createDatabase({
    url: database.urls.api,
    application: 'aldis-bench',
    entities,
    poolSize: 2,
  });
  await source.initialize();
  const logger = createLogger('bench', 'warn');
  const doorbell = new Doorbell({ redisUrl: redis?.url, databaseUrl: database.urls.api, logger });
  const [one] = told;
  if (!one) throw new Error('the request told nobody');
  const key = await vault.unwrap(one.request_id, 'XA', one.wrapped);
  const textOf = ({ id, body }: Told) =>
    vault.open<MailText>(key, { table: 'messages', row: id, field: 'body' }, body);
  const messages = told.map((row) => messageOf(row, textOf(row)));
  const text = textOf(one);
  const outbox = new Outbox(vault, new AckLinks(vault), doorbell);
  const asker = { actor: 'bench', party: 'XA', body: one.asking_body, purpose: 'act' };
  return {
    size: messages.reduce((sum, { recipients }) => sum + recipients.length, 0),
    sample: { subject: text.subject, text: renderText(text), html: renderHtml(text) },
    enqueue: () => new UnitOfWork(source).run(asker, (tx) => outbox.enqueue(tx, key, messages)),
    stop: async () => {
      await doorbell.close();
      await source.destroy();
    },
  };
}

const messageOf = (row: Told, text: MailText): OutboxMessage => ({
  ...{ requestId: row.request_id, addresseeId: row.addressee_id, partyCode: row.party_code },
  ...{ requesterCode: 'XA', traffic: 'actual', kind: 'request', tlp: 'TLP:GREEN', text },
  ...{ wantedFor: `request:${row.addressee_id}`, priority: 3 },
  recipients: row.contacts.map(({ id, body, level }, index): Recipient => ({
    ...{ pointOfContactId: id, bodyId: body, position: index + 1, acknowledges: level === 'technical' },
    channel: 'mail' as const,
    address: `${level}@${row.party_code.toLowerCase()}.states.example`,
  })),
});
