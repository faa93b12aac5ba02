import { apiKeyExposed } from './api-key-exposed.ts';
import { articleDuplicateId } from './article-duplicate-id.ts';
import { articleTitleEmpty } from './article-title-empty.ts';
import { articlesOutsideReply } from './articles-outside-reply.ts';
import { bodyNotJson } from './body-not-json.ts';
import { bodyNotUtf8 } from './body-not-utf8.ts';
import { contentEncodingBroken } from './content-encoding-broken.ts';
import { contentEncodingUnread } from './content-encoding-unread.ts';
import { crossTalk } from './cross-talk.ts';
import { echoMismatch } from './echo-mismatch.ts';
import { errorBodyEmpty } from './error-body-empty.ts';
import { errorBodyNotJson } from './error-body-not-json.ts';
import { errorBodyTypeChanged } from './error-body-type-changed.ts';
import { errorLeak } from './error-leak.ts';
import { errorPropertyAdded } from './error-property-added.ts';
import { errorPropertyRemoved } from './error-property-removed.ts';
import { errorPropertyTypeChanged } from './error-property-type-changed.ts';
import { errorStatusMismatch } from './error-status-mismatch.ts';
import { eventCardinality } from './event-cardinality.ts';
import { eventDuplicateId } from './event-duplicate-id.ts';
import { eventMissing } from './event-missing.ts';
import { eventNilId } from './event-nil-id.ts';
import { eventOrder } from './event-order.ts';
import { eventRoleMismatch } from './event-role-mismatch.ts';
import { jsonDuplicateKey } from './json-duplicate-key.ts';
import { privatePropertyAdded } from './private-property-added.ts';
import { replyEmpty } from './reply-empty.ts';
import { replyLeak } from './reply-leak.ts';
import { replyRoleChanged } from './reply-role-changed.ts';
import { replyTemplateLeak } from './reply-template-leak.ts';
import { responseBodyTypeChanged } from './response-body-type-changed.ts';
import { responseMediaTypeChanged } from './response-media-type-changed.ts';
import { responsePropertyAdded } from './response-property-added.ts';
import { responsePropertyBecameNullable } from './response-property-became-nullable.ts';
import { responsePropertyBecameOptional } from './response-property-became-optional.ts';
import { responsePropertyConstChanged } from './response-property-const-changed.ts';
import { responsePropertyEnumValueAdded } from './response-property-enum-value-added.ts';
import { responsePropertyFormatChanged } from './response-property-format-changed.ts';
import { responsePropertyRenamed } from './response-property-renamed.ts';
import { responsePropertyTypeChanged } from './response-property-type-changed.ts';
import { responseRequiredPropertyRemoved } from './response-required-property-removed.ts';
import type { Rule } from './rule.ts';
import { successStatusChanged } from './success-status-changed.ts';
import { timestampOrder } from './timestamp-order.ts';
import { timestampOutOfRange } from './timestamp-out-of-range.ts';
import { timestampSkew } from './timestamp-skew.ts';
import { timestampUnitChanged } from './timestamp-unit-changed.ts';
import { undocumentedStatus } from './undocumented-status.ts';
import { unicodeCorruption } from './unicode-corruption.ts';

/** What no answer may show, under whatever status. */
export const EXPOSURE_RULES: readonly Rule[] = [apiKeyExposed];

/** What a status alone tells. */
export const STATUS_RULES: readonly Rule[] = [...EXPOSURE_RULES, successStatusChanged, undocumentedStatus];

/** What the header and the text of a body tell, of a 200 and of a documented error. */
export const TEXT_RULES: readonly Rule[] = [
  ...EXPOSURE_RULES,
  contentEncodingBroken,
  contentEncodingUnread,
  responseMediaTypeChanged,
  bodyNotUtf8,
];

/** What the schema of the event array tells. */
export const SCHEMA_RULES: readonly Rule[] = [
  bodyNotJson,
  responseBodyTypeChanged,
  responsePropertyBecameNullable,
  responsePropertyTypeChanged,
  responsePropertyEnumValueAdded,
  responsePropertyConstChanged,
  responsePropertyFormatChanged,
  responsePropertyRenamed,
  responseRequiredPropertyRemoved,
  responsePropertyBecameOptional,
  privatePropertyAdded,
  responsePropertyAdded,
];

/** What no schema says: how the events belong to the turn and to each other. */
export const EVENT_RULES: readonly Rule[] = [
  jsonDuplicateKey,
  unicodeCorruption,
  crossTalk,
  eventNilId,
  eventDuplicateId,
  eventMissing,
  eventCardinality,
  eventOrder,
  eventRoleMismatch,
  replyRoleChanged,
  echoMismatch,
  timestampUnitChanged,
  timestampOutOfRange,
  timestampOrder,
  timestampSkew,
  articlesOutsideReply,
  articleDuplicateId,
  articleTitleEmpty,
  replyEmpty,
  replyTemplateLeak,
  replyLeak,
];

/** What the error envelope must be, under the documented error statuses. */
export const ERROR_RULES: readonly Rule[] = [
  ...EXPOSURE_RULES,
  errorBodyEmpty,
  contentEncodingBroken,
  contentEncodingUnread,
  responseMediaTypeChanged,
  bodyNotUtf8,
  errorBodyNotJson,
  errorBodyTypeChanged,
  errorPropertyRemoved,
  errorPropertyTypeChanged,
  errorLeak,
  privatePropertyAdded,
  errorPropertyAdded,
  errorStatusMismatch,
  jsonDuplicateKey,
];

/** The whole table; docs/contract.md shows it. */
export const RULES: readonly Rule[] = [
  ...new Set([...STATUS_RULES, ...TEXT_RULES, ...SCHEMA_RULES, ...EVENT_RULES, ...ERROR_RULES]),
];
