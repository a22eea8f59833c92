import { renderDocumentText } from './document-plain-text.js';
import type { DocumentText } from './document.js';

const doc: DocumentText = {
  language: 'en',
  instance: 'sample',
  traffic: 'exercise',
  tlp: 'AMBER+STRICT',
  title: 'Request for assistance',
  reference: 'EX-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [{ label: 'From', value: { kind: 'plain', text: 'Fictional State A' } }],
  sections: [
    {
      title: 'The request',
      level: 1,
      source: 'A/76/135, paragraph 53',
      entries: [
        { label: 'Sought', value: { kind: 'written', text: 'Keep the logs.\n\nThank you.', language: 'en' } },
        { label: 'Cause', value: { kind: 'absent', text: 'unknown' } },
      ],
    },
    { title: 'Incident', level: 2, entries: [] },
  ],
  fixed: ['fs.ack.request', 'fs.exercise'],
};

describe('a document as plain text', () => {
  it('reads like this', () => {
    expect(renderDocumentText(doc)).toBe(`\
EXERCISE EXERCISE EXERCISE: this message is part of an exercise.

*** SAMPLE: this comes from a sample world. Its States, its events and its
*** mailboxes are fictional; nothing in it is real.

${'TLP:AMBER+STRICT'.padStart(76)}

REQUEST FOR ASSISTANCE
======================

Reference:   EX-2026-7K3M9Q
Drawn up at: 2026-11-24 20:43 UTC
From:        Fictional State A

The request
===========
A/76/135, paragraph 53

Sought:
> Keep the logs.
>
> Thank you.

Cause: (unknown)

Incident
--------

This acknowledges receipt only. It is not a commitment to provide assistance
and not a statement on the facts described.
[fs.ack.request, 1]

${'TLP:AMBER+STRICT'.padStart(76)}

EXERCISE EXERCISE EXERCISE: this message is part of an exercise.
`);
  });

  it('has the label first and last where there is nothing else to mark', () => {
    const text = renderDocumentText({ ...doc, instance: 'real', traffic: 'actual', tlp: 'RED' });
    const lines = text.trimEnd().split('\n');
    expect([lines[0], lines.at(-1)]).toEqual(['TLP:RED'.padStart(76), 'TLP:RED'.padStart(76)]);
    expect(text).not.toMatch(/EXERCISE|SAMPLE/);
  });

  it('says that a translation is unofficial', () => {
    expect(renderDocumentText({ ...doc, language: 'fr' })).toContain(
      '[Traduction non officielle. Le texte anglais fait foi.]\n[fs.ack.request, 1]',
    );
  });
});
