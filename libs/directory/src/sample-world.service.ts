import { AccountRow, hashPassword, personOf, signInToken } from '#libs/access';
import { BodyRow, InstanceRow, MembershipRow, NetworkRow, PartyRow } from '#libs/parties';
import { createDatabase, newId, UnitOfWork, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { readFor } from './channels.service.js';
import { Entering } from './exchange/entering.service.js';
import { planImport } from './exchange/import-plan.js';
import { Findables } from './finding/findables.service.js';
import { ChannelRow, ConstituencyRow, PointOfContactRow } from './point-of-contact.entity.js';
import { sampleAccounts, sampleParties, samplePassword, sampleReading } from './sample-world.js';

const entities = [
  ...[AccountRow, BodyRow, ChannelRow, ConstituencyRow, InstanceRow, MembershipRow, NetworkRow, PartyRow],
  PointOfContactRow,
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
  await tx.manager.insert(
    MembershipRow,
    sampleParties.map(({ code }) => ({ networkId, partyCode: code, joinedAt: createdAt })),
  );
  const bodies = await enter(tx, vault, createdAt);
  await tx.manager.insert(AccountRow, await accounts(bodies, vault, createdAt));
}

/**
 * Every party's entries, brought in as documents are, and then vouched for at once: what takes two people, a note verbale
 * and codes elsewhere has no meaning where nobody is real. Answers the ids of bodies, by party and kind.
 */
async function enter(tx: Tx, vault: Vault, at: Date): Promise<Map<string, string>> {
  const entering = new Entering(vault, 'sample');
  const bodies = new Map<string, string>();
  for (const party of sampleParties) {
    const standing = { at, party: party.code, bodies: [], contacts: [] };
    const plan = planImport(sampleReading(party), standing, {}, (kind, address) =>
      readFor('sample', kind, address),
    );
    const misfit = plan.findings.find(({ severity }) => severity !== 'accept');
    if (misfit) throw new Error(`The sample world does not fit: ${party.code}: ${misfit.detail}`);
    const entered = await entering.enter(tx, party.code, plan);
    plan.bodies.forEach(({ kind }, index) =>
      bodies.set(`${party.code}/${kind}`, entered.bodies[index] ?? ''),
    );
  }
  await tx.query(`UPDATE channels SET state = 'proven', proven_at = $1`, [at]);
  await tx.query(
    `UPDATE points_of_contact SET state = 'active', verified_at = $1, confirmed_at = $1, confirmed_hard_at = $1`,
    [at],
  );
  return bodies;
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
