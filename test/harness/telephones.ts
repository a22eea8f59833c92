import { addressOf } from '#libs/directory';
import { newId } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import type { Instance } from './instance.js';
import { settings } from './settings.js';

/**
 * Adds a proven channel that people operate to a point of contact, such as `XB technical 1`, as if two people had done so
 * and a call had proven it. Answers its id.
 */
export async function addTelephone(
  instance: Instance,
  at: string,
  address: string,
  kind: 'telephone' | 'emergency-telephone' | 'messenger' | 'fax' = 'telephone',
): Promise<string> {
  const [party = '', level, position] = at.split(' ');
  const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
  const id = newId();
  const sealed = vault.seal(await vault.partyKey(party), addressOf(id), address);
  await instance.database.rows(
    `INSERT INTO channels (id, point_of_contact_id, party_code, traffic, kind, position, address, sample, state, proven_at)
     SELECT $1, p.id, p.party_code, p.traffic, $2, 1 + (SELECT max(c.position) FROM channels c WHERE c.point_of_contact_id = p.id),
       $3, true, 'proven', app.now()
     FROM points_of_contact p WHERE p.party_code = $4 AND p.level = $5 AND p.position = $6`,
    [id, kind, JSON.stringify(sealed), party, level, Number(position)],
  );
  return id;
}
