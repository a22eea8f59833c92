import { decrypt, generateKey, readMessage } from 'openpgp';
import type { EntryView, KeyView } from '#libs/directory';
import { accept, chosenPassword } from './invitee.js';
import type { Keeping } from './keeping.js';
import { Officer } from './officer.js';
import { callBack, noteVerbale, verify } from './vouching.js';

/** A party, a body, and a point of contact with a channel from its nomination to the end of it. */
export const entries = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const secretariat = await instance.officer('secretariat@network.example');
  const path = '/api/v1';
  const names = { en: 'Regional organization', fr: 'Organisation régionale' };
  const organization = { code: 'REG1', kind: 'regional-organization', names };
  await keep(`post ${path}/parties`, secretariat.post('/parties', organization));
  const text = [{ text: 'By law.\nSince 2020.', language: 'en' }];
  const nonMisuse = { declaredOn: '2026-01-02', url: 'https://cert.xb.example/', text };
  const said = { status: text, authority: text, mandate: text, services: ['Triage'], nonMisuse };
  const profile = { ...said, website: 'https://cert.xb.example/', established: '2020-01-02' };
  const input = { kind: 'cert', names, profile, constituency: [{ kind: 'asn', value: '64500' }] };
  const body = idIn(await keep(`post ${path}/bodies`, administrator.post('/bodies', input)));
  const put = { ...input, version: 1 };
  await keep(`put ${path}/bodies/{id}`, administrator.put(`/bodies/${body}`, put));
  await keep(`get ${path}/bodies/{id}`, secretariat.get(`/bodies/${body}`));
  await keep(`get ${path}/bodies`, secretariat.get('/bodies?party=XB'));
  await keep(`get ${path}/parties/{code}`, secretariat.get('/parties/XB'));
  const contact = {
    ...{ body, roleNames: names, languages: ['en'], zone: 'Etc/UTC', note: text[0] },
    ...{ person: { name: 'A. Duty', title: 'Head' }, readiness: { 'knows-the-network': true } },
  };
  const nominated = administrator.post('/points-of-contact', { ...contact, level: 'policy' });
  const id = idIn(await keep(`post ${path}/points-of-contact`, nominated));
  const one = `/points-of-contact/${id}`;
  const changed = administrator.put(one, { ...contact, person: null, version: 1 });
  await keep(`put ${path}/points-of-contact/{id}`, changed);
  const mail = { kind: 'mail', address: 'contracts@xb.example', expiresOn: '2099-12-31' };
  const channel = idIn(
    await keep(`post ${path}/points-of-contact/{id}/channels`, administrator.post(`${one}/channels`, mail)),
  );
  const proof = `/channels/${channel}/proof`;
  await keep(`post ${path}/channels/{id}/proof`, administrator.post(proof));
  const [, code] = /\b(\d{6})\b/.exec((await instance.sink.mailTo(mail.address)).text) ?? [];
  await keep(`get ${path}/channels/{id}/proof`, administrator.get(proof));
  await keep(`post ${path}/channels/{id}/proof/confirm`, administrator.post(`${proof}/confirm`, { code }));
  const webhook = { kind: 'webhook', address: 'https://hooks.xb.example/' };
  const { id: hook } = (await administrator.post(`${one}/channels`, webhook)).body as { id: string };
  await keep(`post ${path}/channels/{id}/proof`, administrator.post(`/channels/${hook}/proof`));
  await keep(`get ${path}/channels/{id}/proof`, administrator.get(`/channels/${hook}/proof`));
  const use = administrator.put(`/channels/${channel}`, { purpose: 'urgent', version: 2 });
  await keep(`put ${path}/channels/{id}`, use);
  await keep(`get ${path}/points-of-contact/{id}`, administrator.get(one));
  await keep(`get ${path}/points-of-contact/{id}/channels`, administrator.get(`${one}/channels`));
  await keep(`get ${path}/own-points-of-contact`, administrator.get('/own-points-of-contact'));
  await keep(`delete ${path}/channels/{id}`, administrator.delete(`/channels/${channel}`));
  const { version } = (await administrator.get(one)).body as EntryView;
  const act = administrator.post(`${one}/acts`, { act: 'retire', version });
  await keep(`post ${path}/points-of-contact/{id}/acts`, act);
  const end = administrator.post(`/bodies/${body}/acts`, { act: 'retire', version: 2 });
  await keep(`post ${path}/bodies/{id}/acts`, end);
};

/** A document that is looked at, entered and taken back; and one that goes out. */
export const exchange = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const path = '/api/v1/imports';
  const rows =
    'body:en,level,role:en,zone,channel,address\nRail CERT,technical,Desk,Etc/UTC,mail,rail@xb.example';
  const content = Buffer.from(rows).toString('base64');
  const id = idIn(await keep(`post ${path}`, administrator.post('/imports', { content })));
  await keep(`get ${path}`, administrator.get('/imports'));
  await keep(`get ${path}/{id}`, administrator.get(`/imports/${id}`));
  const acts = `/imports/${id}/acts`;
  await keep(`post ${path}/{id}/acts`, administrator.post(acts, { act: 'apply', version: 1 }));
  await keep(`post ${path}/{id}/acts`, administrator.post(acts, { act: 'undo', version: 2 }));
  await keep('get /api/v1/exports/{format}', administrator.get('/exports/csv?party=XB'));
};

/** What may be taken out of the directory, and a snapshot of it. */
export const snapshot = async ({ instance, keep }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const consent = '/api/v1/export-consent';
  await keep(`put ${consent}`, administrator.put('/export-consent', { consent: 'roles', version: 0 }));
  await keep(`get ${consent}`, administrator.get('/export-consent'));
  await keep('get /api/v1/snapshot', administrator.get('/snapshot'));
  await keep('get /api/v1/snapshot/booklet.html', administrator.get('/snapshot/booklet.html'));
  await keep('get /api/v1/snapshot/booklet.pdf', administrator.get('/snapshot/booklet.pdf'));
};

/** Calls to prove and to check a telephone: asked for, taken, read out and recorded, taken back. */
export const calls = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const duty = await instance.officer('duty@xb.example');
  const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
  // Without a mailbox, so that codes are read out; nominated, so that one person adds telephones.
  const contact = { body: items[0]?.body.id, level: 'technical', roleNames: { en: 'Telephone exchange' } };
  const nominated = { ...contact, languages: ['en'], zone: 'Etc/UTC' };
  const entry = idIn(await administrator.post('/points-of-contact', nominated));
  const numbers = ['+41229173001', '+41229173002', '+41229173003'];
  const channels: string[] = [];
  for (const address of numbers) {
    const telephone = { kind: 'telephone', address };
    channels.push(idIn(await administrator.post(`/points-of-contact/${entry}/channels`, telephone)));
  }
  const path = '/api/v1/call-tasks';
  const proof = idIn(
    await keep(`post ${path}`, administrator.post('/call-tasks', { channel: channels[0], reason: 'proof' })),
  );
  await keep(`post ${path}/{id}/cancel`, administrator.post(`/call-tasks/${proof}/cancel`));
  await instance.database.rows(`UPDATE channels SET state = 'proven' WHERE id = ANY ($1)`, [channels]);
  const checked = async (channel: string | undefined) => {
    const asked = idIn(await keep(`post ${path}`, duty.post('/call-tasks', { channel, reason: 'check' })));
    await keep(`post ${path}/{id}/take`, duty.post(`/call-tasks/${asked}/take`));
    return asked;
  };
  const lost = await checked(channels[1]);
  await keep(`post ${path}/{id}/outcome`, duty.post(`/call-tasks/${lost}/outcome`, { outcome: 'no-answer' }));
  const read = await checked(channels[2]);
  const { code } = (await duty.get(`/call-tasks/${read}`)).body as { code: string };
  await keep(`post ${path}/{id}/heard`, administrator.post(`/call-tasks/${read}/heard`, { code }));
  for (const by of [duty, administrator])
    for (const which of ['waiting', 'mine', 'over']) {
      await keep(`get ${path}`, by.get(`/call-tasks?which=${which}`));
      await keep(`get ${path}/{id}`, by.get(`/call-tasks/${read}`));
    }
};

/** A key of a mail channel: looked at, added, confirmed by another person, tested, kept, and ended by two. */
export const keys = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const { body: party } = await administrator.get('/parties/XB');
  const [{ id: body = '' } = {}] = (party as { bodies: { id: string }[] }).bodies;
  const email = 'keys@xb.example';
  await administrator.post('/invitations', { email, role: 'party-administrator', body });
  await accept(await instance.sink.mailTo(email), 'Keeper of keys');
  const second = await Officer.signIn(instance.url, email, chosenPassword);
  const contact = { body, level: 'policy', roleNames: { en: 'Desk' }, languages: ['fr'], zone: 'Etc/UTC' };
  const entry = idIn(await administrator.post('/points-of-contact', contact));
  const mail = { kind: 'mail', address: 'key@xb.example' };
  const channel = idIn(await administrator.post(`/points-of-contact/${entry}/channels`, mail));
  await administrator.post(`/channels/${channel}/proof`);
  const codeIn = (text: string) => /\b(\d{6})\b/.exec(text)?.[1];
  const proof = codeIn((await instance.sink.mailTo(mail.address)).text);
  await administrator.post(`/channels/${channel}/proof/confirm`, { code: proof });
  const path = '/api/v1/keys';
  const userIDs = [{ email: mail.address }];
  const made = await generateKey({ type: 'curve25519', userIDs, format: 'object' });
  const file = made.publicKey.armor();
  await keep(`post ${path}/look-at`, administrator.post('/keys/look-at', { channel, file }));
  await keep(`post ${path}/look-at`, administrator.post('/keys/look-at', { channel, file: 'none' }));
  await keep(`post ${path}/look-up`, administrator.post('/keys/look-up', { channel }));
  const added = await keep(`post ${path}`, administrator.post('/keys', { channel, file }));
  const { id, version } = JSON.parse(added.text) as KeyView;
  await keep(`post ${path}/{id}/confirm`, second.post(`/keys/${id}/confirm`, { version }));
  await keep(`post ${path}/{id}/test`, administrator.post(`/keys/${id}/test`));
  const { raw } = await instance.sink.mailWith(mail.address, 'Essai de votre clé');
  const [armoredMessage = ''] = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(raw) ?? [];
  const message = await readMessage({ armoredMessage });
  const { data }: { data: unknown } = await decrypt({ message, decryptionKeys: made.privateKey });
  const tested = administrator.post(`/keys/${id}/test/confirm`, { code: codeIn(String(data)) });
  await keep(`post ${path}/{id}/test/confirm`, tested);
  await keep(`get ${path}`, administrator.get('/keys'));
  await keep(`get ${path}`, administrator.get(`/keys?pointOfContact=${entry}`));
  await keep(`get ${path}/{id}`, second.get(`/keys/${id}`));
  await keep(`get ${path}/{id}/file`, second.get(`/keys/${id}/file`));
  for (const list of [`/points-of-contact/${entry}`, '/own-points-of-contact'])
    await keep(`get /api/v1${list.replace(entry, '{id}')}`, administrator.get(list));
  await verify(second, entry);
  await keep(`delete ${path}/{id}`, administrator.delete(`/keys/${id}`));
  await keep(`get ${path}/{id}`, second.get(`/keys/${id}`));
  await keep(`post ${path}/{id}/keep`, second.post(`/keys/${id}/keep`));
  for (const by of [second, administrator]) await keep(`delete ${path}/{id}`, by.delete(`/keys/${id}`));
};

/** What is found, in each of its kinds, to whom a trace leads, and the words that forms offer. */
export const finding = async ({ instance, keep }: Keeping) => {
  const reader = await instance.officer('administrator@xb.example');
  for (const text of ['fr', 'duty officer', 'france cert', 'desk', 'zz zz'])
    await keep('get /api/v1/search', reader.get(`/search?q=${encodeURIComponent(text)}`));
  for (const trace of ['ip=10.0.0.1', 'asn=64500', 'domain=cert.fr', 'domain=a.com'])
    await keep('get /api/v1/origins', reader.get(`/origins?${trace}`));
  await keep('get /api/v1/directory-words', reader.get('/directory-words'));
};

/** Hours with an absence and two shifts, as the party and as another one see them. */
export const duty = async ({ instance, keep }: Keeping) => {
  const keeper = await instance.officer('duty@xb.example');
  const others = await instance.officer('officer@xc.example');
  const found = await keep('get /api/v1/duty', others.get('/duty?party=XB'));
  const { items } = JSON.parse(found.text) as { items: { pointOfContact: string }[] };
  const [first, second] = items.map(({ pointOfContact }) => pointOfContact);
  const path = `/points-of-contact/${first}`;
  const point = '/api/v1/points-of-contact/{id}';
  const hours = {
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
    ...{ holidays: { country: 'FR' }, ownHolidays: [{ on: '2099-07-01', name: 'Day of the Tulip' }] },
  };
  await keep(`put ${point}/duty`, keeper.put(`${path}/duty`, { ...hours, version: 1 }));
  const said = { text: 'Nobody is there.', language: 'en' };
  const begun = new Date((await keeper.get('/duty?party=XB')).headers['date'] ?? '').getTime();
  const until = new Date(begun + 86_400_000).toISOString();
  const told = keeper.post(`${path}/absences`, {
    from: new Date(begun).toISOString(),
    until,
    substitute: second,
    reason: said,
  });
  const { id } = JSON.parse((await keep(`post ${point}/absences`, told)).text) as { id: string };
  for (const shift of [
    { name: 'A. Duty', until },
    { name: 'B. Duty', note: said },
  ])
    await keep(`post ${point}/shifts`, keeper.post(`${path}/shifts`, shift));
  for (const reader of [keeper, others]) {
    await keep('get /api/v1/duty', reader.get('/duty'));
    await keep(`get ${point}/duty`, reader.get(`${path}/duty`));
  }
  await keep(`delete ${point}/absences/{absence}`, keeper.delete(`${path}/absences/${id}`));
};

/** An entry that is confirmed, and a report of a channel that its party confirms. */
export const confirmations = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const reader = await instance.officer('officer@xc.example');
  const path = '/api/v1';
  const due = await keep(`get ${path}/confirmations`, administrator.get('/confirmations'));
  const { items } = JSON.parse(due.text) as { items: { pointOfContact: string; version: number }[] };
  const { pointOfContact = '', version = 1 } = items[0] ?? {};
  const confirmed = administrator.post('/confirmations', { pointOfContact, version });
  const entry = JSON.parse((await keep(`post ${path}/confirmations`, confirmed)).text) as {
    channels: { id: string; kind: string }[];
  };
  const channel = entry.channels.find(({ kind }) => kind === 'mail')?.id;
  const text = { text: 'They moved.', language: 'en' };
  const said = { pointOfContact, channel, what: 'wrong-channel', text, address: 'moved@xb.example' };
  const id = idIn(await keep(`post ${path}/corrections`, reader.post('/corrections', said)));
  const decision = { decision: 'confirm', version: 1 };
  const decided = administrator.post(`/corrections/${id}/decision`, decision);
  await keep(`post ${path}/corrections/{id}/decision`, decided);
  for (const side of [reader, administrator]) await keep(`get ${path}/corrections`, side.get('/corrections'));
};

/** A plan of two parties from its proposal to its end, and routes with it and without. */
export const plans = async ({ instance, keep, idIn }: Keeping) => {
  const [xa, xb] = [
    await instance.officer('officer@xa.example'),
    await instance.officer('officer@xb.example'),
  ];
  const path = '/api/v1/plans';
  const said = { text: 'By the embassy.', language: 'en' };
  const ways = [
    { place: 'primary', level: 'diplomatic', kind: 'mail' },
    { place: 'emergency', means: said },
  ];
  const input = { with: 'XB', ways, bridge: said, reportEvery: { crisis: 60 } };
  const mayDeclare = [{ party: 'XB', roles: ['officer'], levels: [] }];
  const id = idIn(await keep(`post ${path}`, xa.post('/plans', { ...input, mayDeclare })));
  const act = (who: typeof xa, what: string, version: number) =>
    keep(`post ${path}/{id}/acts`, who.post(`/plans/${id}/acts`, { act: what, version }));
  await act(xb, 'agree', 1);
  const mode = { mode: 'crisis', reason: said, version: 2 };
  await keep(`post ${path}/{id}/modes`, xb.post(`/plans/${id}/modes`, mode));
  await keep(`get ${path}`, xa.get('/plans?with=XB'));
  await keep(`get ${path}/{id}`, xb.get(`/plans/${id}`));
  for (const query of [
    'party=XB&urgency=U1&tlp=TLP%3ARED&sector=energy',
    'party=XC&level=law-enforcement-liaison',
    'domain=www.cert.gov.uk',
  ])
    await keep('get /api/v1/routes', xa.get(`/routes?${query}`));
  await act(xb, 'end', 3);
};

/** An entry by its note verbale, verified after a call back, changed by two people; names of a party; a procedure. */
export const entryLife = async ({ instance, keep, idIn }: Keeping) => {
  const administrator = await instance.officer('administrator@xb.example');
  const secretariat = await instance.officer('secretariat@network.example');
  const path = '/api/v1';
  const names = { ru: 'Организация' };
  await keep(
    `patch ${path}/parties/{code}`,
    secretariat.patch('/parties/REG1', { version: 1, names, regionalGroup: 'APG' }),
  );
  const { bodies } = (await administrator.get('/parties/XB')).body as {
    bodies: { id: string; state: string }[];
  };
  const body = bodies.find(({ state }) => state === 'active')?.id;
  const email = 'second@xb.example';
  await administrator.post('/invitations', { email, role: 'party-administrator', body });
  await accept(await instance.sink.mailTo(email), 'Second administrator');
  const second = await Officer.signIn(instance.url, email, chosenPassword);
  const contact = { body, roleNames: { en: 'Desk' }, languages: ['en'], zone: 'Etc/UTC' };
  const id = idIn(await administrator.post('/points-of-contact', { ...contact, level: 'policy' }));
  const one = `/points-of-contact/${id}`;
  const point = `${path}/points-of-contact/{id}`;
  const give = (changes: object) =>
    keep(`post ${point}/notes-verbales`, administrator.post(`${one}/notes-verbales`, noteVerbale(changes)));
  const given = await give({});
  await keep(
    `get ${point}/notes-verbales/{note}/file`,
    secretariat.get(`${one}/notes-verbales/${idIn(given)}/file`),
  );
  const { givenAt } = JSON.parse(given.text) as { givenAt: string };
  const verified = second.post(`${one}/acts`, { act: 'verify', version: 1, callBack: callBack(givenAt) });
  await keep(`post ${point}/acts`, verified);
  for (const reader of [administrator, secretariat])
    await keep(`get ${point}/notes-verbales`, reader.get(`${one}/notes-verbales`));
  const act = (change: string, name: string, by = second) =>
    keep(`post ${path}/entry-changes/{id}/acts`, by.post(`/entry-changes/${change}/acts`, { act: name }));
  const mail = { kind: 'mail', address: 'life@xb.example', position: 1 };
  const added = await keep(`post ${point}/channels`, administrator.post(`${one}/channels`, mail));
  const confirmed = JSON.parse((await act(idIn(added), 'confirm')).text) as { newChannelId: string };
  const proof = `/channels/${confirmed.newChannelId}/proof`;
  await administrator.post(proof);
  const [, code] = /\b(\d{6})\b/.exec((await instance.sink.mailTo(mail.address)).text) ?? [];
  await administrator.post(`${proof}/confirm`, { code });
  const ending = await keep(
    `delete ${path}/channels/{id}`,
    administrator.delete(`/channels/${confirmed.newChannelId}`),
  );
  await act(idIn(ending), 'decline');
  const propose = async (change: object) =>
    idIn(await keep(`post ${point}/changes`, administrator.post(`${one}/changes`, change)));
  const reason = { text: 'The number moves.', language: 'en' };
  const newChannel = { kind: 'telephone', address: '+41229171234' };
  const replaced = await propose({
    ...{ kind: 'replace-channel', channel: confirmed.newChannelId, newChannel, reason },
  });
  await act(replaced, 'confirm');
  const note = idIn(await give({ purpose: 'removal' }));
  const { version } = (await administrator.get(one)).body as { version: number };
  const removal = await propose({ kind: 'retire', noteVerbale: note, version });
  await act(
    await propose({ kind: 'end-channel', channel: confirmed.newChannelId }),
    'withdraw',
    administrator,
  );
  await act(removal, 'confirm');
  await keep(`get ${path}/entry-changes/{id}`, second.get(`/entry-changes/${replaced}`));
  await keep(`get ${path}/entry-changes`, second.get('/entry-changes'));
  const steps = [
    { step: 'decide', state: 'done', doneOn: '2026-01-02', note: reason },
    { own: reason, state: 'open' },
  ];
  await keep(`put ${path}/procedure`, administrator.put('/procedure', { version: 0, steps }));
  await keep(`get ${path}/procedure`, second.get('/procedure'));
};
