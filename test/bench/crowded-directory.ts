import { randomUUID } from 'node:crypto';
import { memberStates } from '#libs/parties';
import type { Vault } from '#libs/vault';
import type { TestDatabase } from '../harness/test-database.js';

const sectors = 'energy health water transport finance telecommunication government space food defence'.split(
  ' ',
);
const duties = 'duty night deputy senior liaison regional'.split(' ');
const given = ['María', 'Olga', 'Jean', 'Ahmed', 'Anna', 'Martin', 'Marta', 'Kofi', 'Ingrid', 'Pablo'];
const families = ['Fernández', 'Ivanova', 'Smith', 'Smirnov', 'Diallo', 'Nakamura', 'Müller', 'Okafor'];
/** Every fifth point of contact names a person. */
const named = 5;

/** Fills a sample world with so many points of contact more: roles in six languages, some alike everywhere, some not. */
export async function fillDirectory(database: TestDatabase, vault: Vault, count: number): Promise<void> {
  const bodies = await database.rows<{ id: string; party: string }>(
    `SELECT id, party_code AS party FROM bodies WHERE kind = 'cert' AND party_code = ANY ($1) ORDER BY 2`,
    [memberStates.map(({ code }) => code)],
  );
  const keys = new Map(
    await Promise.all(bodies.map(async ({ party }) => [party, await vault.partyKey(party)] as const)),
  );
  const size = 5_000;
  for (let from = 0; from < count; from += size) {
    const rows = Array.from({ length: Math.min(size, count - from) }, (_, index) => {
      const nth = from + index;
      const { id: body, party } = bodies[nth % bodies.length] ?? { id: '', party: '' };
      const id = randomUUID();
      const name = nth % 7 === 0 ? `王小${'明红华强'[nth % 4]}` : nameOf(nth);
      const key = keys.get(party);
      const place = { table: 'points_of_contact', row: id, field: 'person' };
      const person = nth % named === 0 && key ? vault.seal(key, place, { name }) : null;
      return { id, body, party, position: 10 + Math.floor(nth / bodies.length), names: rolesOf(nth), person };
    });
    await database.rows(
      `INSERT INTO points_of_contact (id, party_code, body_id, traffic, level, position, role_names, languages, zone, state, person)
       SELECT id, party, body, 'actual', 'technical', position, names, '{en}', 'Etc/UTC', 'active', person
       FROM jsonb_to_recordset($1) t (id uuid, party text, body uuid, position int, names jsonb, person jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}

const nameOf = (nth: number): string =>
  `${given[nth % given.length]} ${families[Math.floor(nth / 3) % families.length]}`;

function rolesOf(nth: number): Record<string, string> {
  const sector = sectors[nth % sectors.length];
  const duty = duties[Math.floor(nth / 10) % duties.length];
  // A third is called the same everywhere, a third by sector, and a third by a number of its own.
  if (nth % 3 === 0)
    return {
      en: 'Duty officer',
      fr: 'Permanence',
      es: 'Oficial de guardia',
      ru: 'Дежурный',
      zh: '值班员',
      ar: 'ضابط المناوبة',
    };
  if (nth % 3 === 1)
    return {
      en: `${duty} officer, ${sector} sector`,
      fr: `Permanence, secteur ${sector}`,
      zh: `国家值班员 ${sector}`,
    };
  return { en: `${sector} desk ${nth}`, ru: `Национальный центр ${nth}`, ar: `المركز الوطني ${nth}` };
}
