/** An agent of the workspace, as List agents shows it. */
export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** The agents of an answer; undefined where it is no list. */
export function agentsOf(body: unknown): Agent[] | undefined {
  if (!Array.isArray(body)) return undefined;
  return body.flatMap((agent: { id?: unknown; name?: unknown } | null) =>
    typeof agent?.id === 'string' ? [{ id: agent.id, name: typeof agent.name === 'string' ? agent.name : '' }] : [],
  );
}
