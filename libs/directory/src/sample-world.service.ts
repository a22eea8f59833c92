import { AccountRow, hashPassword, personOf, signInToken } from '#libs/access';
import { BodyRow, InstanceRow, MembershipRow, NetworkRow, PartyRow } from '#libs/parties';
import { createDatabase, newId, UnitOfWork, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { addressOf } from './directory.queries.js';
import { Findables } from './finding/findables.service.js';
import { ChannelRow, PointOfContactRow } from './point-of-contact.entity.js';
import {
  bodyNames,
  sampleAccounts,
  sampleParties,
  samplePassword,
  type BodyKind,
  type SampleParty,
} from './sample-world.js';

const entities = [
  ...[AccountRow, BodyRow, ChannelRow, InstanceRow, MembershipRow, NetworkRow, PartyRow, PointOfContactRow],
];
const owner = { actor: 'seed', party: null, body: null, purpose: 'seed' };

/**
 * Fills an empty database with the sample world, in one transaction, as its owner.
 * Answers false and changes nothing when the database already is an instance, sample or real.
 */
export async function seedSampleWorld(ownerUrl: string, vault: Vault): Promise<boolean> {
  const database = createDatabase({ url: ownerUrl, application: 'aldis-seed', entities, poolSize: 2 });
  await database.initialize();
  try {
    const units = new UnitOfWork(database);
    return await units.run(owner, async (tx) => {
      if (await tx.manager.existsBy(InstanceRow, {})) return false;
      await seed(tx, vault);
      await new Findables(units, vault).keep(tx, null);
      return true;
    });
  } finally {
    await database.destroy();
  }
}

async function seed(tx: Tx, vault: Vault): Promise<void> {
  const networkId = newId();
  const createdAt = await tx.now();
  await tx.manager.insert(NetworkRow, {
    id: networkId,
    code: 'sample',
    names: {
      ...{ ar: 'شبكة تجريبية', zh: '示例网络', en: 'Sample network', fr: 'Réseau d’essai' },
      ...{ ru: 'Пробная сеть', es: 'Red de ejemplo' },
    },
  });
  await tx.manager.insert(InstanceRow, { sole: true, kind: 'sample', networkId, createdAt });
  await tx.manager.insert(
    PartyRow,
    sampleParties.map(({ code, alpha3, numeric, kind, regionalGroup, names }) => ({
      ...{ code, alpha3, numeric, kind, regionalGroup, names: { ...names } },
    })),
  );
  const bodies = sampleParties.flatMap((party) => bodiesOf(party));
  await tx.manager.insert(BodyRow, bodies);
  const idOf = new Map(bodies.map((body) => [`${body.partyCode}/${body.kind}`, body.id]));
  const rows = await Promise.all(sampleParties.map((party) => contactsOf(party, idOf, vault, createdAt)));
  await tx.manager.insert(
    MembershipRow,
    sampleParties.map(({ code }) => ({ networkId, partyCode: code, joinedAt: createdAt })),
  );
  await tx.manager.insert(
    PointOfContactRow,
    rows.flatMap((row) => row.contacts),
  );
  await tx.manager.insert(
    ChannelRow,
    rows.flatMap((row) => row.channels),
  );
  await tx.manager.insert(AccountRow, await accounts(idOf, vault, createdAt));
}

const bodiesOf = (party: SampleParty) =>
  (Object.keys(bodyNames) as BodyKind[]).map((kind) => ({
    ...{ id: newId(), partyCode: party.code, traffic: 'actual', kind, names: bodyNames[kind] },
  }));

async function contactsOf(party: SampleParty, bodies: ReadonlyMap<string, string>, vault: Vault, at: Date) {
  const key = await vault.partyKey(party.code);
  const pairs = party.contacts.map(({ body, address, ...contact }) => {
    const id = newId();
    const channelId = newId();
    const bodyId = bodies.get(`${party.code}/${body}`) ?? '';
    return {
      contact: {
        ...{ ...contact, id, partyCode: party.code, bodyId, traffic: 'actual', state: 'active' as const },
        ...{ createdAt: at, changedAt: at, verifiedAt: at, confirmedAt: at, confirmedHardAt: at },
      },
      channel: {
        ...{ id: channelId, pointOfContactId: id, partyCode: party.code, traffic: 'actual' },
        ...{ kind: 'mail' as const, position: 1, sample: true, state: 'proven' as const },
        ...{ createdAt: at, provenAt: at },
        address: vault.seal(key, addressOf(channelId), address),
      },
    };
  });
  return { contacts: pairs.map((pair) => pair.contact), channels: pairs.map((pair) => pair.channel) };
}

async function accounts(
  bodies: ReadonlyMap<string, string>,
  vault: Vault,
  createdAt: Date,
): Promise<AccountRow[]> {
  const passwordHash = await hashPassword(samplePassword);
  return Promise.all(
    sampleAccounts.map(async ({ email, name, party, body, role, language }): Promise<AccountRow> => {
      const id = newId();
      return {
        ...{ id, partyCode: party, role, language, passwordHash, createdAt, traffic: 'actual' },
        ...{ deactivatedAt: null, erasedAt: null, termsVersion: null, termsAcceptedAt: null },
        bodyId: party === null ? null : (bodies.get(`${party}/${body}`) ?? ''),
        signInToken: await signInToken(vault, email),
        person: vault.seal(await vault.partyKey(party), personOf(id), { name, email }),
      };
    }),
  );
}
