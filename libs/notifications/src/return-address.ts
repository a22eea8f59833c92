import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '#libs/vault';

/** Bytes of the proof in an address: none can be guessed, and the local part stays within 64 octets (RFC 5321, 4.5.3.1.1). */
const proofBytes = 10;
const tokenOf = /^([0-9a-f]{32})([0-9a-f]{20})$/;

/**
 * Where the mail of one notice comes back to (RFC 5321, 3.6.3): `returns+<id and proof>@…`. Which notice came back is
 * read from it, whatever is left of the mail; nobody who has not seen that mail can write there.
 */
export class ReturnAddresses {
  private readonly name: string;
  private readonly domain: string;

  /** `address`: the one that all of them are made of, e.g. `returns@aldis.example`. */
  constructor(
    private readonly vault: Vault,
    address: string,
  ) {
    const at = address.lastIndexOf('@');
    [this.name, this.domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
  }

  async of(noticeId: string): Promise<string> {
    const proof = (await this.vault.secret('return-address', noticeId)).subarray(0, proofBytes);
    return `${this.name}+${noticeId.replaceAll('-', '')}${proof.toString('hex')}@${this.domain}`;
  }

  /** The notice that an address was made for, in upper case too (relays may change that); undefined for any other. */
  async noticeOf(address: string): Promise<string | undefined> {
    const [written, at] = [address.toLowerCase(), address.lastIndexOf('@')];
    if (written.slice(at + 1) !== this.domain || !written.startsWith(`${this.name}+`)) return undefined;
    const [, id = '', proof = ''] = tokenOf.exec(written.slice(this.name.length + 1, at)) ?? [];
    if (!id) return undefined;
    const noticeId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const given = Buffer.from(proof, 'hex');
    // What was sent before the vault's key was changed comes back all the same.
    const proofs = await this.vault.secrets('return-address', noticeId);
    const fits = proofs.filter((one) => timingSafeEqual(given, one.subarray(0, proofBytes)));
    return fits.length > 0 ? noticeId : undefined;
  }
}
