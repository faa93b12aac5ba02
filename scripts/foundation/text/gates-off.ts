interface Unjudged {
  readonly scenario: string;
  readonly gatesOff?: readonly string[];
  readonly gatesStarved?: readonly string[];
}

/** What every output says of gates that judge nothing; undefined where all judge. */
export function gatesOffText({ scenario, gatesOff = [], gatesStarved = [] }: Unjudged): string | undefined {
  const sentences = [
    gatesOff.length > 0 && `Turned off by the configuration: ${gatesOff.join(', ')}`,
    gatesStarved.length > 0 && `Not judged, because ${scenario} sends too few turns: ${gatesStarved.join(', ')}`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? undefined : sentences.join('. ');
}
