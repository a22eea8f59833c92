import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { catalogueDocuments } from './catalogue-documents.js';
import { TemplateRow } from './template.entity.js';
import { loadCatalogue, type Catalogue } from './template.js';

let read: Catalogue | undefined;

/** The catalogue that comes with the program. Raises with every fault of its documents: nothing starts on a bad one. */
export function ownCatalogue(): Catalogue {
  if (read) return read;
  const loaded = loadCatalogue(catalogueDocuments);
  if ('faults' in loaded)
    throw new Error(
      `The templates cannot be used:\n${loaded.faults.map(({ pointer, detail }) => `  ${pointer} ${detail}`).join('\n')}`,
    );
  return (read = loaded.catalogue);
}

/** SHA-256, in hex, over the RFC 8785 form of a document. */
export const digestOf = (document: unknown): string =>
  createHash('sha256')
    .update(canonicalize(document) ?? '')
    .digest('hex');

/**
 * Publishes what the database does not have yet, as its owner. Raises when a version that was published before comes
 * with other content: requests were filed on it.
 */
export async function publishCatalogue(ownerUrl: string): Promise<void> {
  const { templates } = ownCatalogue();
  const database = createDatabase({
    url: ownerUrl,
    application: 'aldis-publish',
    entities: [TemplateRow],
    poolSize: 1,
  });
  await database.initialize();
  try {
    await new UnitOfWork(database).run(
      { actor: 'publish', party: null, body: null, purpose: 'publish' },
      async (tx) => {
        const publishedAt = await tx.now();
        for (const template of templates) {
          const { key, version } = template;
          const digest = digestOf(template);
          const known = await tx.manager.findOneBy(TemplateRow, { key, version });
          if (known && known.digest !== digest)
            throw new Error(
              `Version ${version} of the template "${key}" was published with other content before.`,
            );
          if (!known)
            await tx.manager.insert(TemplateRow, {
              key,
              version,
              digest,
              publishedAt,
              networkId: null,
              document: template,
            });
        }
      },
    );
  } finally {
    await database.destroy();
  }
}
