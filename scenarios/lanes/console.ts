/** An escape of JSON (in JSON within JSON: after several backslashes), which stays as it is, or an e-mail address. */
const ESCAPE_OR_E_MAIL = /(\\+(?:u[0-9a-fA-F]{4}|.))|[^\s"@<>(),;:\\]+@[^\s"@<>(),;:\\]+/g;

/**
 * Writes one line of a ledger: k6 sends the console to `turns.ndjson`, where it survives a SIGKILL.
 * The one place where text leaves a scenario, so the one place that takes secrets out of it.
 */
export function writeLine(line: object, secrets: readonly string[]): void {
  let text = JSON.stringify(line);
  for (const secret of secrets) if (secret !== '' && text.includes(secret)) text = text.split(secret).join('[key]');
  if (text.includes('@')) text = text.replace(ESCAPE_OR_E_MAIL, (_, escaped?: string) => escaped ?? '[e-mail]');
  console.log(text);
}
