import { Walls1763750000000 } from './1763750000000-walls.js';
import { PartiesAndAccess1763750100000 } from './1763750100000-parties-and-access.js';
import { Requests1763750200000 } from './1763750200000-requests.js';
import { Notifications1763750300000 } from './1763750300000-notifications.js';
import { Clocks1763750400000 } from './1763750400000-clocks.js';
import { Answers1763750500000 } from './1763750500000-answers.js';
import { Templates1763750600000 } from './1763750600000-templates.js';
import { HandOver1763750700000 } from './1763750700000-hand-over.js';
import { Ledger1763751000000 } from './1763751000000-ledger.js';
import { Journal1763751100000 } from './1763751100000-journal.js';
import { Checkpoints1763751200000 } from './1763751200000-checkpoints.js';
import { Keeping1763752000000 } from './1763752000000-keeping.js';
import { Roles1763760000000 } from './1763760000000-roles.js';
import { Invitations1763760100000 } from './1763760100000-invitations.js';
import { SecondFactors1763760200000 } from './1763760200000-second-factors.js';
import { Forgetting1763760300000 } from './1763760300000-forgetting.js';
import { ApiTokens1763760400000 } from './1763760400000-api-tokens.js';
import { HandOverWalls1763760500000 } from './1763760500000-hand-over-walls.js';
import { RecoveryCodeKeys1763760600000 } from './1763760600000-recovery-code-keys.js';
import { AccessRecord1763760700000 } from './1763760700000-access-record.js';
import { OrganizationSignIn1763761000000 } from './1763761000000-organization-sign-in.js';
import { Clearance1763761100000 } from './1763761100000-clearance.js';
import { EmergencyAccess1763761200000 } from './1763761200000-emergency-access.js';
import { TokenLife1763761210000 } from './1763761210000-token-life.js';
import { Sharing1763761300000 } from './1763761300000-sharing.js';
import { Announcements1763761400000 } from './1763761400000-announcements.js';
import { Deliveries1763761410000 } from './1763761410000-deliveries.js';
import { CheckpointSubscriptions1763761420000 } from './1763761420000-checkpoint-subscriptions.js';
import { Views1763761500000 } from './1763761500000-views.js';
import { Observations1763761510000 } from './1763761510000-observations.js';
import { Retention1763761600000 } from './1763761600000-retention.js';
import { ErasedAccounts1763761610000 } from './1763761610000-erased-accounts.js';
import { Directory1763762000000 } from './1763762000000-directory.js';
import { Entries1763762100000 } from './1763762100000-entries.js';
import { Duty1763762200000 } from './1763762200000-duty.js';
import { EntryLife1763763000000 } from './1763763000000-entry-life.js';
import { OwnSide1763763050000 } from './1763763050000-own-side.js';
import { CallTasks1763763100000 } from './1763763100000-call-tasks.js';
import { ContactKeys1763763200000 } from './1763763200000-contact-keys.js';
import { Confirmations1763763300000 } from './1763763300000-confirmations.js';
import { Networks1763763400000 } from './1763763400000-networks.js';
import { CommunicationPlans1763763500000 } from './1763763500000-communication-plans.js';
import { Finding1763763600000 } from './1763763600000-finding.js';
import { Origins1763763650000 } from './1763763650000-origins.js';
import { ExportConsent1763763700000 } from './1763763700000-export-consent.js';
import { Imports1763763800000 } from './1763763800000-imports.js';
import { DirectoryJoins1763763900000 } from './1763763900000-directory-joins.js';
import { NoticesByEndpoint1763763920000 } from './1763763920000-notices-by-endpoint.js';
import { ThoseConcerned1763764000000 } from './1763764000000-those-concerned.js';
import { CallsOfRequests1763764100000 } from './1763764100000-calls-of-requests.js';
import { MetQuickly1763764200000 } from './1763764200000-met-quickly.js';
import { RemovalsByNote1763764300000 } from './1763764300000-removals-by-note.js';
import { AnnouncedChanges1763764400000 } from './1763764400000-announced-changes.js';
import { ReturnedMail1763764500000 } from './1763764500000-returned-mail.js';
import { KeysEndedByTwo1763764600000 } from './1763764600000-keys-ended-by-two.js';
import { FailedChecks1763764700000 } from './1763764700000-failed-checks.js';
import { KeyWarningsToAdministrators1763764800000 } from './1763764800000-key-warnings-to-administrators.js';

/** All migrations, in the order in which they run. */
export const migrations = [
  Walls1763750000000,
  PartiesAndAccess1763750100000,
  Requests1763750200000,
  Notifications1763750300000,
  Clocks1763750400000,
  Answers1763750500000,
  Templates1763750600000,
  HandOver1763750700000,
  Ledger1763751000000,
  Journal1763751100000,
  Checkpoints1763751200000,
  Keeping1763752000000,
  Roles1763760000000,
  Invitations1763760100000,
  SecondFactors1763760200000,
  Forgetting1763760300000,
  ApiTokens1763760400000,
  HandOverWalls1763760500000,
  RecoveryCodeKeys1763760600000,
  AccessRecord1763760700000,
  OrganizationSignIn1763761000000,
  Clearance1763761100000,
  EmergencyAccess1763761200000,
  TokenLife1763761210000,
  Sharing1763761300000,
  Announcements1763761400000,
  Deliveries1763761410000,
  CheckpointSubscriptions1763761420000,
  Views1763761500000,
  Observations1763761510000,
  Retention1763761600000,
  ErasedAccounts1763761610000,
  Directory1763762000000,
  Entries1763762100000,
  Duty1763762200000,
  EntryLife1763763000000,
  OwnSide1763763050000,
  CallTasks1763763100000,
  ContactKeys1763763200000,
  Confirmations1763763300000,
  Networks1763763400000,
  CommunicationPlans1763763500000,
  Finding1763763600000,
  Origins1763763650000,
  ExportConsent1763763700000,
  Imports1763763800000,
  DirectoryJoins1763763900000,
  NoticesByEndpoint1763763920000,
  ThoseConcerned1763764000000,
  CallsOfRequests1763764100000,
  MetQuickly1763764200000,
  RemovalsByNote1763764300000,
  AnnouncedChanges1763764400000,
  ReturnedMail1763764500000,
  KeysEndedByTwo1763764600000,
  FailedChecks1763764700000,
  KeyWarningsToAdministrators1763764800000,
];
