import { rule } from './rule.ts';

/** Rules on statuses and headers, and on who is let in. */
export const STATUS_RULES = {
  accessGranted: rule(
    'access-granted',
    'critical',
    'The reference denies the access that was granted here to this key, or without a key.',
  ),
  validRefused: rule(
    'valid-request-refused',
    'breaking',
    'The request is valid according to the reference, but was refused.',
  ),
  invalidAccepted: rule('invalid-request-accepted', 'breaking', 'The reference documents this request as refused.'),
  unsaidAccepted: rule(
    'undocumented-request-accepted',
    'behavioural',
    'A request that other services refuse is accepted.',
    true,
  ),
  errorAsSuccess: rule(
    'error-with-success-status',
    'breaking',
    'Clients treat an error with a success status as an answer.',
  ),
  errorStatusChanged: rule(
    'error-status-changed',
    'breaking',
    'Clients branch on the documented status of each refusal.',
  ),
  errorStatusImproved: rule(
    'error-status-improved',
    'behavioural',
    'Another status is clearer, but clients expect the documented one.',
    true,
  ),
  refusalDiffers: rule(
    'refusal-differs',
    'behavioural',
    'The reference does not say how this request is refused; the harness expects another status.',
    true,
  ),
  removalUnconfirmed: rule(
    'removal-unconfirmed',
    'breaking',
    'A removal is answered with {"success": true}: otherwise a client cannot know whether it was done.',
  ),
  statusChanged: rule('success-status-changed', 'breaking', 'The reference documents another status for success.'),
  undocumentedStatus: rule(
    'undocumented-status',
    'breaking',
    'A client cannot know what a status outside the documented list means.',
  ),
  availability: rule(
    'availability',
    'statistical',
    'The service was sometimes unavailable: a gateway answered instead, or there was no answer in time.',
  ),
  answerCutOff: rule('answer-cut-off', 'breaking', 'An answer is complete: clients cannot use one that was cut off.'),
  answerCached: rule(
    'answer-cached',
    'behavioural',
    'Requests with a key are answered by the service, not by a shared cache, and no shared cache may store the answers.',
  ),
  undecodable: rule(
    'answer-undecodable',
    'additive',
    'k6 could not decode the answer by its Content-Encoding, and then reports no status: whether it follows the contract is not known.',
    true,
  ),
  endAnnounced: rule(
    'end-announced',
    'additive',
    'A header announces that the operation is deprecated, or when it ends.',
  ),
  headerPrivate: rule(
    'private-header-added',
    'critical',
    'An undocumented header exposes a secret or personal data to every client and proxy.',
  ),
  secretShown: rule(
    'secret-shown',
    'critical',
    'A documented value shows a secret, such as a token in a link, or personal data that nobody sent.',
  ),
  headerAdded: rule(
    'response-header-added',
    'additive',
    'A header that is neither in the reference nor standard in HTTP.',
  ),
} as const;
