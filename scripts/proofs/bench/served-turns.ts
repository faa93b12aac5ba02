/** A turn as the reference server tells of it. */
export interface ServedTurn {
  readonly role: string;
  readonly interactionId: string;
  /** Epoch ms with fractions, on the server's clock. */
  readonly receivedAt: number;
  readonly answeredAt: number;
  readonly status: number;
  readonly eventIds: readonly string[];
}

/** All turns that a reference server has received, in the order of receipt. */
export async function servedTurns(baseUrl: string): Promise<ServedTurn[]> {
  const response = await fetch(`${baseUrl}/__truth.ndjson`);
  return jsonLines<ServedTurn>(await response.text());
}

export function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
