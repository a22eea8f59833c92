/** Characters that a password has at least; length is what makes it hard to guess. */
export const leastPassword = 12;

const wellKnown = [
  'password',
  'passwort',
  'motdepasse',
  'contraseña',
  'sample-world',
  'aldis',
  'qwerty',
  'azerty',
  '123456',
];

/** What is wrong with a new password for this address; undefined: nothing is. No rule asks for kinds of characters. */
export function passwordFault(
  password: string,
  email: string,
): 'passwordShort' | 'passwordCommon' | undefined {
  if ([...password].length < leastPassword) return 'passwordShort';
  const folded = password.toLowerCase();
  const [local = ''] = email.toLowerCase().split('@');
  // What is left when the parts that anybody would try first are taken out must still be a password.
  const rest = [...wellKnown, email.toLowerCase(), local]
    .filter((part) => part.length > 2)
    .reduce((left, part) => left.replaceAll(part, ''), folded);
  return rest.length < leastPassword / 2 || new Set(rest).size < 4 ? 'passwordCommon' : undefined;
}
