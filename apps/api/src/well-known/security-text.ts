const day = 86_400_000;
/** RFC 9116, section 2.5.5 recommends less than a year; ours is made anew with each answer. */
const daysGood = 180;

/** What `/.well-known/security.txt` says (RFC 9116): whom to tell of a weakness, and until when that holds. */
export function securityText({
  contact,
  publicUrl,
  at,
}: {
  contact: string;
  publicUrl: string;
  at: Date;
}): string {
  const expires = new Date(Math.floor(at.getTime() / day + daysGood) * day);
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en, fr',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    '',
  ].join('\r\n');
}
