import type { Keeping } from './keeping.js';

const names = { ar: 'شبكة', zh: '网络', en: 'Regional network', fr: 'Réseau', ru: 'Сеть', es: 'Red' };

/** A network with members and a role sheet of its own, a look at readiness, and what a party could offer. */
export const networks = async ({ instance, keep, idIn }: Keeping) => {
  const secretariat = await instance.officer('secretariat@network.example');
  const administrator = await instance.officer('administrator@xb.example');
  const other = await instance.officer('officer@xc.example');
  const path = '/api/v1';
  const said = {
    ...{ names, levelsRequired: ['technical', 'policy'], rules: { confirmationDays: 60 } },
    visibility: { person: 'hidden', messenger: ['policy'], capabilities: 'hidden' },
  };
  const id = idIn(
    await keep(`post ${path}/networks`, secretariat.post('/networks', { code: 'regional', ...said })),
  );
  const one = `/networks/${id}`;
  await keep(`put ${path}/networks/{id}`, secretariat.put(one, { ...said, version: 1 }));
  const member = `${path}/networks/{id}/members/{code}`;
  await keep(`put ${member}`, secretariat.put(`${one}/members/XB`, { version: 2 }));
  await keep(
    `put ${member}`,
    secretariat.put(`${one}/members/XA`, {
      ...{ joinedAt: '2020-01-01T00:00:00Z', leftAt: '2021-01-01T00:00:00Z', version: 3 },
    }),
  );
  const sheet = `${one}/role-sheets/technical`;
  const line = [{ id: 'keys', text: 'Keys are valid.' }];
  const texts = [
    { language: 'es', purpose: 'Para incidentes.', roles: line, coordination: [], readiness: line },
  ];
  const adapted = secretariat.put(sheet, { texts, version: 0 });
  await keep(`put ${path}/networks/{id}/role-sheets/{level}`, adapted);
  for (const reader of [secretariat, administrator, other]) {
    await keep(`get ${path}/networks`, reader.get('/networks'));
    await keep(`get ${path}/networks/{id}`, reader.get(one));
    await keep(`get ${path}/networks/{id}/members`, reader.get(`${one}/members`));
    await keep(`get ${path}/networks/{id}/dashboard`, reader.get(`${one}/dashboard`));
    await keep(`get ${path}/networks/{id}/role-sheets`, reader.get(`${one}/role-sheets`));
    for (const form of ['html', 'pdf'])
      await keep(
        `get ${path}/networks/{id}/role-sheets/{level}/document.${form}`,
        reader.get(`${sheet}/document.${form}`),
      );
  }
  const { body } = await administrator.get('/points-of-contact?party=XB&level=technical');
  const contact = (body as { items: { id: string }[] }).items[0]?.id;
  const readiness = `/points-of-contact/${contact}/readiness`;
  const note = { text: 'By the end of the year.', language: 'en' };
  const check = {
    ...{ network: id, version: 0, sheetVersion: 1, checkedOn: '2026-01-02', told: true, note },
    answers: { keys: { answer: 'no', note } },
  };
  await keep(`put ${path}/points-of-contact/{id}/readiness`, administrator.put(readiness, check));
  for (const reader of [administrator, other])
    await keep(`get ${path}/points-of-contact/{id}/readiness`, reader.get(readiness));
  await capabilities({ instance, keep, idIn }, id, `${contact}`);
};

async function capabilities({ instance, keep, idIn }: Keeping, network: string, pointOfContact: string) {
  const officer = await instance.officer('officer@xb.example');
  const other = await instance.officer('officer@xc.example');
  const path = '/api/v1/capabilities';
  const text = [{ text: 'Two analysts.', language: 'en' }];
  const input = {
    ...{ kind: 'forensic-analysis', description: text, conditions: text, languages: ['en'], leadHours: 48 },
    ...{ place: 'both', lastsDays: 14, cost: 'shared', validUntil: '2099-12-31', pointOfContact },
    audience: { to: 'parties', parties: ['XC'] },
  };
  const id = idIn(await keep(`post ${path}`, officer.post('/capabilities', input)));
  for (const reader of [officer, other]) {
    await keep(`get ${path}`, reader.get('/capabilities?language=en'));
    await keep(`get ${path}/{id}`, reader.get(`/capabilities/${id}`));
  }
  const changed = { ...input, audience: { to: 'networks', networks: [network] }, version: 1 };
  await keep(`put ${path}/{id}`, officer.put(`/capabilities/${id}`, changed));
  const end = officer.post(`/capabilities/${id}/acts`, { act: 'end', version: 2 });
  await keep(`post ${path}/{id}/acts`, end);
}
