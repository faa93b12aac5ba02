import { runHash } from './reference.ts';

/** Where a conversation stands: the parts of a template beside the address of the workload. */
interface Place {
  readonly runId: string;
  readonly conversation: number;
}

const RADIX = 36;

/** The address of a conversation's customer: a template with the parts of the workload's address, or that address where there is none. */
export function customerEmail(template: string | undefined, address: string, { runId, conversation }: Place): string {
  const at = address.lastIndexOf('@');
  if (template === undefined || at < 1) return address;
  const parts: Readonly<Record<string, string>> = {
    local: address.slice(0, at),
    domain: address.slice(at + 1),
    run: runHash(runId).toString(RADIX),
    conversation: String(conversation),
  };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** Metadata with the address of the conversation's customer in place of the workload's. */
export function withCustomer(
  metadata: Readonly<Record<string, unknown>>,
  template: string | undefined,
  place: Place,
): Readonly<Record<string, unknown>> {
  const email = template === undefined ? undefined : emailIn(metadata);
  if (email === undefined) return metadata;
  const attributes = metadata.user_attributes as Readonly<Record<string, unknown>>;
  return { ...metadata, user_attributes: { ...attributes, email: customerEmail(template, email, place) } };
}

function emailIn(metadata: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const attributes = metadata?.user_attributes;
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const { email } = attributes as { readonly email?: unknown };
  return typeof email === 'string' ? email : undefined;
}
