import type { Catalogue, Template } from '#libs/templates';
import type { Subject } from './correspondence.service.js';
import type { RequestContent, TemplateKey } from './request-content.js';
import { subjectOf } from './request-rows.service.js';
import type { RequestRow } from './request.entity.js';

/** The templates that requests stand on: each keeps the version that it was begun on. */
export class RequestTemplates {
  constructor(private readonly catalogue: () => Catalogue) {}

  /** The newest version of a template. */
  newest(key: TemplateKey): Template {
    return this.of(key);
  }

  /** The template of a request, in the version it was begun on. */
  pinned({ templateKey, templateVersion }: Pick<RequestRow, 'templateKey' | 'templateVersion'>): Template {
    return this.of(templateKey ?? 'assistance-request', templateVersion ?? undefined);
  }

  /** What is told of a request to those who may read it. */
  told(request: RequestRow, content: RequestContent): Subject & { content: RequestContent } {
    const answers = content.answers ?? {};
    const shown = { template: this.pinned(request), answers };
    return { ...subjectOf(request), content, shown };
  }

  private of(key: TemplateKey, version?: number): Template {
    const template = this.catalogue().find(key, version);
    if (!template) throw new Error(`There is no version ${version ?? 'at all'} of the template "${key}"`);
    return template;
  }
}
