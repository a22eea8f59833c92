export { accountPage, type AccountView } from './account-page.js';
export { ackPage, type AckState, type AckView } from './ack-page.js';
export type { AckRequest } from './ack-request.js';
export type { Responsibility } from './ack-responsibility.js';
export { aheadMail, type AheadFacts } from './ahead-mail.js';
export { announcedChange, announcedChangeShort, type AnnouncedChangeFacts } from './announced-change.js';
export { announcementMail, type AnnouncementFacts } from './announcement-mail.js';
export { checkpointMail, type CheckpointFacts } from './checkpoint-mail.js';
export { groupCode, readCode } from './acknowledgement-code.js';
export { disputedChangeMail, type DisputedChangeFacts } from './disputed-change-mail.js';
export type { DocumentEntry, DocumentSection, DocumentText, DocumentValue } from './document.js';
export { renderDocumentHtml } from './document-html.js';
export { DocumentPdf } from './document-pdf.service.js';
export { renderDocumentText } from './document-plain-text.js';
export {
  fixedSentence,
  fixedSentenceIds,
  type FixedSentence,
  type FixedSentenceId,
  type SentenceStatus,
} from './fixed-sentences.js';
export { endpointNotice, shortNotice, withoutContent, type EndpointText } from './endpoint-notice.js';
export { emergencyMail, type EmergencyFacts } from './emergency-mail.js';
export { callCodeMail, endpointProofText, type CallCodeFacts } from './call-code-mail.js';
export { callsMail, managerCallsMail, type ManagerCallsFacts } from './calls-mails.js';
export { callScript, type CallScriptFacts } from './call-script.js';
export { keyChangeMail, keyExpiryMail, keyTestMail, type KeyChange, type KeyMailFacts } from './key-mails.js';
export { channelChangeMail, type ChannelChangeFacts } from './channel-change-mail.js';
export { type SaidChange } from './change-sentence.js';
export { channelProofMail, type ChannelProofFacts } from './channel-proof-mail.js';
export { invitationMail, type InvitationFacts } from './invitation-mail.js';
export { invitePage, type InviteFault, type InviteView } from './invite-page.js';
export { termsVersion } from './terms.js';
export { homePage, type HomeView } from './home-page.js';
export { formatInstant, formatStatedInstant } from './instant.js';
export { languageName } from './language-name.js';
export {
  chooseLanguage,
  directionOf,
  isLanguage,
  languageNames,
  languages,
  parseAcceptLanguage,
  type Language,
} from './language.js';
export { confirmationMail, type ConfirmationFacts } from './confirmation-mail.js';
export {
  confirmationPage,
  type ConfirmationView,
  type ConfirmedEntry,
  type SaidWrongName,
} from './confirmation-page.js';
export { correctionMail, type CorrectionFacts } from './correction-mail.js';
export { renderHtml } from './mail-html.js';
export { renderText } from './mail-plain-text.js';
export type { AcknowledgeSlot, Block, EncryptedText, MailAttachment, MailText } from './mail-text.js';
export { escapeHtml, markup, Markup } from './markup.js';
export { modeMail, type ModeFacts } from './mode-mail.js';
export { organizationPage, type OrganizationOutcome, type OrganizationView } from './organization-page.js';
export type { PageFrame } from './page.js';
export { plainLine, plainText } from './plain-line.js';
export { proposalMail, type ProposalFacts } from './proposal-mail.js';
export { problemPage, type PageProblem } from './problem-page.js';
export {
  acknowledgedMail,
  actMail,
  reminderMail,
  requestCopyMail,
  requestMail,
  unreachedMail,
  withdrawnMail,
  type AcknowledgementFacts,
  type RequestFacts,
  type SaidFacts,
  type ToldAct,
  type WrittenText,
} from './request-mails.js';
export { defaultRoleSheet, type RoleSheetText, type SheetLine } from './role-sheet-texts.js';
export { savedVerifier, savedVerifierStyle, verifyPage, type VerifyView } from './verify-page.js';
export { scriptWords } from './script-words.js';
export { signInPage, type SignInView } from './sign-in-page.js';
export { textsIn } from './texts.js';
export type { Texts } from './texts/en.js';
export { routeSentences } from './route-sentences.js';
export { isTlpCode, mayTravelInMail, tlpCodes, tlpColour, tlpLabel, type TlpCode } from './tlp.js';
export { isUrgency, urgencies, urgencyName, urgencyWhen, type Urgency } from './urgency.js';
