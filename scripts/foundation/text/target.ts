import type { Target } from '../../../contracts/generated/plan.ts';

export const INSECURE = 'certificates were not verified (--insecure-skip-tls-verify): the target may be an impostor';

export const OWN_SERVICE = 'the reference server, which the run starts itself';

/** Where a plan would send. */
export const plannedUrl = (target: Pick<Target, 'baseUrl' | 'insecureTls' | 'embedded'>): string =>
  target.embedded ? OWN_SERVICE : shownUrl(target);

/** Where turns went, and whether anybody could have posed as the service. */
export function shownUrl({ baseUrl, insecureTls }: Pick<Target, 'baseUrl' | 'insecureTls'>): string {
  return insecureTls === true ? `${baseUrl} (certificate not verified)` : baseUrl;
}
