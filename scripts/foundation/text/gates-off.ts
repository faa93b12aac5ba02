/** What every output says of gates that the configuration turned off; undefined where all judge. */
export function gatesOffText(gatesOff: readonly string[] | undefined): string | undefined {
  return gatesOff === undefined || gatesOff.length === 0
    ? undefined
    : `Turned off by the configuration: ${gatesOff.join(', ')}`;
}
