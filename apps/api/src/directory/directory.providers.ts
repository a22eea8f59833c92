import type { Provider } from '@nestjs/common';
import {
  Bodies,
  CallTaskQueries,
  CallTasks,
  Capabilities,
  CapabilityQueries,
  ChannelProofs,
  Channels,
  ConfirmationLinks,
  Confirmations,
  ContactKeys,
  Corrections,
  DashboardQueries,
  DirectoryQueries,
  Duties,
  DutyQueries,
  EntryChangeQueries,
  EntryChanges,
  EntryQueries,
  EntryReadings,
  ExportConsents,
  Exports,
  Finding,
  Imports,
  KeyEnds,
  KeyLookups,
  KeyQueries,
  KeyTests,
  NetworkQueries,
  Networks,
  NotesVerbales,
  Origins,
  PartyList,
  PlanQueries,
  Plans,
  PointsOfContact,
  Procedures,
  Readiness,
  RoleSheets,
  RouteFinder,
  Snapshots,
} from '#libs/directory';
import type { Wired } from '#libs/requests';
import type { OutgoingCalls } from '#libs/runtime';
import type { SigningKeys } from '#libs/vault';
import { DirectoryWordsController } from './directory-words.controller.js';
import { DutyController } from './duty.controller.js';
import { BodiesController } from './bodies.controller.js';
import { CallTasksController } from './call-tasks.controller.js';
import { ChannelsController } from './channels.controller.js';
import { ConfirmPageController } from './confirm-page.controller.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { CorrectionsController } from './corrections.controller.js';
import { EntriesController } from './entries.controller.js';
import { ExportsController } from './exports.controller.js';
import { ImportsController } from './imports.controller.js';
import { SnapshotController } from './snapshot.controller.js';
import { KeysController } from './keys.controller.js';
import { CapabilitiesController } from './capabilities.controller.js';
import { NetworksController } from './networks.controller.js';
import { RoleSheetsController } from './role-sheets.controller.js';
import { PlansController } from './plans.controller.js';
import { RoutesController } from './routes.controller.js';
import { OriginsController } from './origins.controller.js';
import { SearchController } from './search.controller.js';
import { EntryChangesController } from './entry-changes.controller.js';
import { NotesVerbalesController } from './notes-verbales.controller.js';
import { ProcedureController } from './procedure.controller.js';

/** The routes of the directory. */
export const directoryControllers = [
  DirectoryWordsController,
  DutyController,
  BodiesController,
  CallTasksController,
  ChannelsController,
  ConfirmPageController,
  ConfirmationsController,
  CorrectionsController,
  EntriesController,
  ExportsController,
  ImportsController,
  SnapshotController,
  KeysController,
  CapabilitiesController,
  NetworksController,
  RoleSheetsController,
  PlansController,
  RoutesController,
  OriginsController,
  SearchController,
  EntryChangesController,
  NotesVerbalesController,
  ProcedureController,
];

interface DirectoryParts {
  wired: Wired;
  signingKeys: SigningKeys;
  outgoing: OutgoingCalls;
}

/** What the directory does, each under its class; looking keys up calls out, so the api alone does it. */
export const ofDirectory = ({ wired, signingKeys, outgoing }: DirectoryParts): Provider[] => [
  { provide: DirectoryQueries, useValue: wired.directory },
  { provide: DutyQueries, useValue: wired.dutyQueries },
  { provide: Duties, useValue: wired.duties },
  { provide: EntryQueries, useValue: wired.entryQueries },
  { provide: EntryReadings, useValue: wired.readings },
  { provide: Finding, useValue: wired.finding },
  { provide: Origins, useValue: wired.origins },
  { provide: Bodies, useValue: wired.bodies },
  { provide: Networks, useValue: wired.networks },
  { provide: NetworkQueries, useValue: wired.networkQueries },
  { provide: DashboardQueries, useValue: wired.dashboards },
  { provide: RoleSheets, useValue: wired.roleSheets },
  { provide: Readiness, useValue: wired.readiness },
  { provide: Capabilities, useValue: wired.capabilities },
  { provide: CapabilityQueries, useValue: wired.capabilityQueries },
  { provide: PartyList, useValue: wired.partyList },
  { provide: PointsOfContact, useValue: wired.pointsOfContact },
  { provide: Channels, useValue: wired.channels },
  { provide: EntryChanges, useValue: wired.entryChanges },
  { provide: EntryChangeQueries, useValue: wired.entryChangeQueries },
  { provide: NotesVerbales, useValue: wired.notesVerbales },
  { provide: Procedures, useValue: wired.procedures },
  { provide: ChannelProofs, useValue: wired.channelProofs },
  { provide: CallTaskQueries, useValue: wired.callTaskQueries },
  { provide: CallTasks, useValue: wired.callTasks },
  { provide: Confirmations, useValue: wired.confirmations },
  { provide: ConfirmationLinks, useValue: wired.confirmationLinks },
  { provide: Corrections, useValue: wired.corrections },
  { provide: KeyQueries, useValue: wired.keyQueries },
  { provide: ContactKeys, useValue: wired.contactKeys },
  { provide: KeyEnds, useValue: wired.keyEnds },
  { provide: KeyTests, useValue: wired.keyTests },
  { provide: PlanQueries, useValue: wired.planQueries },
  { provide: Plans, useValue: wired.plans },
  { provide: RouteFinder, useValue: wired.routeFinder },
  { provide: ExportConsents, useValue: wired.exportConsents },
  { provide: Imports, useValue: wired.imports },
  { provide: Exports, useValue: wired.exports },
  {
    provide: Snapshots,
    useValue: new Snapshots(wired.entryQueries, wired.parties, wired.planQueries, signingKeys),
  },
  { provide: KeyLookups, useValue: new KeyLookups(outgoing, wired.contactKeys) },
];
