import { constituencyKinds, exportConsents } from '#libs/directory';
import { z } from 'zod';
import { names, partyCode } from '../http/fields.js';
import { bodyFields } from './bodies.contract.js';
import { channel, entry, reach } from './entries.contract.js';
import { snapshotPlan } from './plans.contract.js';

const { state: _, missingNames: _missing, ...body } = bodyFields;
const snapshotEntry = entry
  .omit({ party: true, version: true, allowedActs: true, readiness: true, channels: true })
  .extend({
    channels: z.array(
      channel
        .omit({ version: true, warning: true })
        .extend({ reach: reach.omit({ daysAgo: true }).meta({ id: 'SnapshotReach' }) }),
    ),
  })
  .meta({ id: 'SnapshotPointOfContact' });

export const signedSnapshot = z
  .strictObject({
    snapshot: z.strictObject({
      ...{ type: z.literal('aldis-directory-snapshot'), version: z.literal(1) },
      network: z.string().meta({ description: 'The code of the network' }),
      instance: z.enum(['sample', 'real']),
      for: partyCode.nullable().meta({ description: 'In whose view it is; null: of the staff' }),
      tlp: z.literal('AMBER'),
      takenAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().meta({ description: 'What is older is not to be relied on' }),
      digest: z.string().meta({ description: 'SHA-256 of the parties alone' }),
      parties: z.array(
        z.strictObject({
          ...{ code: partyCode, alpha3: z.string().nullable(), numeric: z.string().nullable() },
          ...{ kind: z.string(), regionalGroup: z.string().nullable(), names },
          consent: z.enum(exportConsents),
          bodies: z.array(
            z.strictObject({
              ...body,
              constituency: z.array(z.strictObject({ kind: z.enum(constituencyKinds), value: z.string() })),
            }),
          ),
          pointsOfContact: z.array(snapshotEntry),
          plans: z.array(snapshotPlan).meta({
            description: 'Your communication plan with it; at your own party, those of your networks',
          }),
        }),
      ),
    }),
    ...{ kid: z.string(), signature: z.string() },
  })
  .meta({ id: 'SignedSnapshot' });

const consent = z.enum(exportConsents).meta({
  description: 'whole: all that others may read; roles: no persons and no notes; nothing: read here only',
});
export const exportConsent = z
  .strictObject({
    ...{ party: partyCode, consent, changedAt: z.iso.datetime().nullable() },
    version: z.int().meta({ description: '0 while nothing was said' }),
  })
  .meta({ id: 'ExportConsent' });
export const setExportConsent = z
  .strictObject({ consent, version: z.int().min(0).max(1_000_000_000) })
  .meta({ id: 'SetExportConsent' });
export type SetExportConsent = z.output<typeof setExportConsent>;
