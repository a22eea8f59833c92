import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { Problem, toPointer, type Fault } from '#libs/runtime';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  keys?: readonly string[];
}

/** Checks input against the route's schema; every fault is named, with a pointer into what was sent. */
@Injectable()
export class InputPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (!metadata.schema || !this.toValidate(metadata)) return value;
    const result = await this.validate<T>(value, metadata.schema);
    if (!result.issues) return result.value;
    throw new Problem('invalid-input', 'Some fields do not fit.', {
      errors: (result.issues as readonly Issue[]).flatMap((issue) => faultsOf(issue, metadata)).slice(0, 100),
    });
  }
}

function faultsOf(issue: Issue, metadata: ArgumentMetadata): Fault[] {
  const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
  const at = (steps: readonly PropertyKey[], detail: string): Fault =>
    metadata.type === 'body'
      ? { pointer: toPointer(steps), detail }
      : { parameter: metadata.data ?? String(steps[0] ?? ''), detail };
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => at([...path, key], 'is not a field of this call'));
  return [at(path, issue.message)];
}
