import { Problem } from '#libs/runtime';
import { documentData } from './document-data.js';
import { fitsPdf } from './document-pdf-size.js';
import { Typesetter } from './document-pdf-typesetter.service.js';
import { documentTypst } from './document-typst.js';
import type { DocumentText } from './document.js';

export interface PdfLimits {
  /** Milliseconds for one document, from its turn on. */
  readonly time: number;
  /** Documents that are made or wait to be made. */
  readonly queue: number;
}

const instead = 'The page and the plain text of it are there.';
const unavailable = (detail: string, retryAfter?: number): Problem =>
  new Problem('unavailable', `${detail} ${instead}`, retryAfter === undefined ? {} : { retryAfter });

/** Makes PDFs with Typst, one at a time, in a process that is started with the first of them. */
export class DocumentPdf {
  readonly #typesetter = new Typesetter();
  #last: Promise<void> = Promise.resolve();
  #queued = 0;
  #closed = false;

  constructor(private readonly limits: PdfLimits = { time: 20_000, queue: 8 }) {}

  /**
   * The document as a PDF of A4 pages, tagged; the same document gives the same bytes. It conforms to PDF/UA-1 unless
   * a character has no shape in the fonts: then that stands as a box, and the document says so. Takes some 50 ms for
   * a document of usual length. Raises `unavailable` where Typst cannot be loaded, the document is too long or takes
   * too long, too many wait (with `retryAfter`), or after `close`; `internal` for values nested more than some 20 deep.
   */
  async render(doc: DocumentText): Promise<Uint8Array> {
    // The memory of native code cannot be limited from here: what goes in is.
    if (!fitsPdf(doc)) throw unavailable('The document is too long for a PDF.');
    if (this.#queued >= this.limits.queue) throw unavailable('Too many PDFs are being made.', 5);
    this.#queued += 1;
    const made = this.#last.then(() => this.make(doc));
    const over = (): void => void (this.#queued -= 1);
    this.#last = made.then(over, over);
    return made;
  }

  /** Ends the typesetter; what is being made or waits is answered `unavailable`, and so is everything later. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#typesetter.close();
  }

  private async make(doc: DocumentText): Promise<Uint8Array> {
    if (this.#closed) throw unavailable('No PDF is made any more: the service is ending.');
    const given = { layout: documentTypst, document: documentData(doc) };
    const answer = await this.#typesetter.set(given, this.limits.time);
    if (answer === 'late') throw unavailable('The document takes too long to be set as a PDF.');
    if (answer === 'ended') throw unavailable('The typesetter ended before the PDF was made.');
    if (!answer.loaded)
      throw unavailable('No PDF can be made on this machine: the typesetter cannot be loaded.');
    if (answer.pdf === undefined) throw new Problem('internal', 'The document could not be set as a PDF.');
    return answer.pdf;
  }
}
