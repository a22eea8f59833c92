export { AckLinks, ackDays, ackTries, type AckLink, type AckTry } from './ack-links.service.js';
export {
  Deliveries,
  type NoticeOutcome,
  type NoticeOwner,
  type Refusal,
  type RefusalObserver,
} from './deliveries.service.js';
export { endpointOf } from './endpoint-address.js';
export { afterReply, waitAfter, type EndpointReply } from './endpoint-reply.js';
export { callEndpoint, EndpointChannel, type OutgoingNotice } from './endpoint.channel.js';
export { isExampleAddress, isMailAddress } from './mail-address.js';
export { MailChannel, type MailOptions, type MailOutcome, type OutgoingMail } from './mail.channel.js';
export type { Signer } from './message-signature.js';
export { ReturnAddresses } from './return-address.js';
export { listenForReturns } from './return-listener.service.js';
export { ReturnedMails } from './returned-mails.service.js';
export {
  AckLinkRow,
  AttemptRow,
  MessageRow,
  NoticeRow,
  noticeChannels,
  noticeStates,
  type NoticeChannel,
  type NoticeState,
} from './outbox.entity.js';
export {
  afterRequests,
  Outbox,
  recipientOf,
  type EmergencyMail,
  type InvitationMail,
  type OutboxMessage,
  type Recipient,
} from './outbox.service.js';
