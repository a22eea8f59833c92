/** What is recorded of access beside the events of requests; the database takes any name of this form. */
export const accessActs = [
  ...(['sign-in', 'sign-in-refused', 'factor-refused', 'sign-out'] as const),
  ...(['exported'] as const),
  ...(['invited', 'invited-again', 'invitation-revoked', 'account-made', 'account-ended'] as const),
  ...(['factor-set-up', 'factor-removed', 'recovery-codes-made'] as const),
  ...(['token-made', 'token-rotated', 'token-revoked'] as const),
  ...(['announced', 'announcement-withdrawn'] as const),
  ...(['emergency-asked', 'emergency-approved', 'emergency-refused', 'emergency-sign-in'] as const),
  ...(['emergency-ended', 'emergency-factor-set-up'] as const),
  ...(['clearance-changed', 'clearance-loosening-asked'] as const),
  ...(['make-identity-provider', 'change-client-secret', 'end-identity-provider'] as const),
  ...(['link-organization', 'unlink-organization'] as const),
  ...(['retention-changed', 'account-erased'] as const),
  ...(['keys-rotated', 'key-retired', 'record-key-changed'] as const),
  ...(['checkpoints-subscribed', 'checkpoints-unsubscribed'] as const),
  ...(['snapshot-taken', 'export-consent-changed'] as const),
  ...(['duty-changed', 'absence-told', 'absence-withdrawn', 'shift-handed-over'] as const),
  ...(['party-added', 'body-added', 'body-changed', 'body-retired'] as const),
  ...(['entry-nominated', 'entry-changed', 'entry-verified'] as const),
  ...(['entry-suspended', 'entry-resumed', 'entry-retired'] as const),
  ...(['channel-added', 'channel-changed', 'channel-proof-sent', 'channel-proven', 'channel-ended'] as const),
] as const;
export type AccessAct = (typeof accessActs)[number];
