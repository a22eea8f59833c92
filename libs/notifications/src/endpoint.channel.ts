import { OutgoingCallError, type OutgoingCalls } from '#libs/runtime';
import { shortNotice, type AcknowledgeSlot, type EndpointText } from '#libs/wording';
import { endpointOf, isEndpointAddress } from './endpoint-address.js';
import { afterReply, type EndpointReply } from './endpoint-reply.js';
import type { MailOutcome } from './mail.channel.js';
import { signedHeaders, type Said, type Signer } from './message-signature.js';

/** One notice to a webhook or a gateway, ready to leave. */
export interface OutgoingNotice {
  /** The notice's id: it stands in the content, so that a repeat can be told by its receiver. */
  id: string;
  kind: 'webhook' | 'gateway';
  /** The channel's address. */
  to: string;
  text: EndpointText;
  /** Where it can acknowledge. */
  acknowledge: AcknowledgeSlot | undefined;
  writtenAt: Date;
  /** When it is signed. */
  at: Date;
}

/** Calls an endpoint once with signed JSON. Raises nothing of what an endpoint or a network does: that is the reply. */
export async function callEndpoint(
  outgoing: Pick<OutgoingCalls, 'fetch'>,
  signer: Signer,
  said: Said,
  at: Date,
): Promise<EndpointReply> {
  try {
    const headers = signedHeaders(said, at, signer);
    const { status } = await outgoing.fetch(said.url, { method: 'POST', headers, body: said.body });
    return { status };
  } catch (error) {
    if (error instanceof OutgoingCallError) return { fault: error.fault };
    throw error;
  }
}

/** Notices by HTTPS to webhooks and gateways of parties, signed (RFC 9421) with the key of the record. */
export class EndpointChannel {
  constructor(
    private readonly outgoing: Pick<OutgoingCalls, 'fetch'>,
    private readonly signer: Signer,
  ) {}

  /** Never raises for what an endpoint or a network does: that is an outcome. */
  async send(notice: OutgoingNotice): Promise<MailOutcome> {
    if (!isEndpointAddress(notice.kind, notice.to)) return { outcome: 'permanent', replyCode: null };
    const { url, to } = endpointOf(notice.to);
    const body = JSON.stringify({
      ...(to === null ? toWebhook(notice) : toGateway(notice, to)),
      ...{ id: notice.id, sentAt: notice.writtenAt.toISOString() },
    });
    return outcomeOfReply(await callEndpoint(this.outgoing, this.signer, { url, body }, notice.at));
  }
}

const toWebhook = ({ text, acknowledge }: OutgoingNotice) => ({
  ...{ type: 'aldis.notice', ...text.notice, language: text.language },
  ...(acknowledge ? { acknowledge: { ...acknowledge, expiresAt: acknowledge.expiresAt.toISOString() } } : {}),
});

const toGateway = ({ text, acknowledge }: OutgoingNotice, to: string) => ({
  ...{ type: 'aldis.text', to, language: text.language, traffic: text.notice.traffic },
  text: shortNotice(text, acknowledge),
});

/**
 * What a reply says of the notice. Where none came it may have arrived all the same, unless nobody has that name; an
 * address that is never called has refused nothing itself.
 */
export function outcomeOfReply(reply: EndpointReply): MailOutcome {
  const next = afterReply(reply);
  const replyCode = 'status' in reply ? reply.status : null;
  if (next !== 'again') return { outcome: next === 'accepted' ? 'accepted' : 'permanent', replyCode };
  const lost = 'fault' in reply && reply.fault !== 'name';
  return { outcome: lost ? 'unknown' : 'transient', replyCode };
}
