import { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import { isTlpCode, type DocumentText, type Language } from '#libs/wording';
import { receiptDocument } from './receipt-document.js';
import type { Receipts } from './receipts.service.js';

/** Receipts to be read and printed, drawn up when they are asked for. */
export class ReceiptDocuments {
  private readonly parties = new PartyQueries();

  constructor(
    private readonly receipts: Receipts,
    private readonly publicUrl: string,
  ) {}

  /** The receipt of one event or observation as a document. Raises `not-found` like `Receipts.one`. */
  async one(tx: Tx, party: string, id: string, language: Language): Promise<DocumentText> {
    const given = await this.receipts.one(tx, party, id);
    const { request, requester, addressee } = given.receipt.event;
    const [row] = await tx.query<{ tlp: string }>('SELECT tlp FROM requests WHERE id = $1', [request]);
    const names = await this.parties.known(tx, [requester, ...(addressee ? [addressee] : [])]);
    const { kind } = await this.parties.instance(tx);
    const label = row?.tlp ?? '';
    return receiptDocument(given, {
      ...{ language, instance: kind, publicUrl: this.publicUrl, producedAt: await tx.now() },
      // Whatever was sent bears a label; without one the strictest holds.
      tlp: isTlpCode(label) ? label : 'RED',
      name: (code) => names.get(code)?.[language] ?? names.get(code)?.['en'] ?? code,
    });
  }
}
