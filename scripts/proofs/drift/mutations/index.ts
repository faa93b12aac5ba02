import { ACCENTS } from './accents.ts';
import { ACCIDENTS } from './accidents.ts';
import { ADDITIONS } from './additions.ts';
import { BARRIERS } from './barriers.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { BOUNDS } from './bounds.ts';
import { BREACHES } from './breaches.ts';
import { CONDUCTS } from './conducts.ts';
import { CONNECTIONS } from './connections.ts';
import { CONVERSIONS } from './conversions.ts';
import { COUPLINGS } from './couplings.ts';
import { COURSES } from './courses.ts';
import { CURRENTS } from './currents.ts';
import { DEPLOYMENTS } from './deployments.ts';
import { DEVIATIONS } from './deviations.ts';
import { DISCLOSURES } from './disclosures.ts';
import { DISCREPANCIES } from './discrepancies.ts';
import { DIVERGENCES } from './divergences.ts';
import { DOORWAYS } from './doorways.ts';
import { ENCOUNTERS } from './encounters.ts';
import { ENTANGLEMENTS } from './entanglements.ts';
import { EXPOSURES } from './exposures.ts';
import { FACADES } from './facades.ts';
import { FAILURES } from './failures.ts';
import { FRACTURES } from './fractures.ts';
import { FRAMES } from './frames.ts';
import { GARBLINGS } from './garblings.ts';
import { GATEWAYS } from './gateways.ts';
import { GLIMPSES } from './glimpses.ts';
import { HABITS } from './habits.ts';
import { HUNCHES } from './hunches.ts';
import { IDENTITIES } from './identities.ts';
import { IMPRESSIONS } from './impressions.ts';
import { INDISCRETIONS } from './indiscretions.ts';
import { INTEGRATION_ADDITIONS } from './integration-additions.ts';
import { INTEGRATION_FIELDS } from './integration-fields.ts';
import { INTEGRATION_HISTORIES } from './integration-histories.ts';
import { INTEGRATION_LISTINGS } from './integration-listings.ts';
import { INTEGRATION_REPLIES } from './integration-replies.ts';
import { INTEGRATION_SECRETS } from './integration-secrets.ts';
import { INTEGRATION_STATUSES } from './integration-statuses.ts';
import { KINDS } from './kinds.ts';
import { LAPSES } from './lapses.ts';
import { LIFECYCLES } from './lifecycles.ts';
import { LISTINGS } from './listings.ts';
import { LOOKUPS } from './lookups.ts';
import { MANNERS } from './manners.ts';
import { MARGINS } from './margins.ts';
import { MEANINGS } from './meanings.ts';
import { MIGRATIONS } from './migrations.ts';
import { MISMATCHES } from './mismatches.ts';
import { MIXUPS } from './mixups.ts';
import type { Mutation } from './mutation.ts';
import { NUANCES } from './nuances.ts';
import { OPERATIONS } from './operations.ts';
import { OVERHAULS } from './overhauls.ts';
import { OVERSIGHTS } from './oversights.ts';
import { PAGES } from './pages.ts';
import { PAGING } from './paging.ts';
import { PHRASINGS } from './phrasings.ts';
import { QUERIES } from './queries.ts';
import { READINGS } from './readings.ts';
import { RECASTINGS } from './recastings.ts';
import { RECORDS } from './records.ts';
import { REFUSALS } from './refusals.ts';
import { REGRESSIONS } from './regressions.ts';
import { RELEASES } from './releases.ts';
import { RENDERINGS } from './renderings.ts';
import { RENEWALS } from './renewals.ts';
import { RESHAPINGS } from './reshapings.ts';
import { RESIDUES } from './residues.ts';
import { REVISIONS } from './revisions.ts';
import { REWORKS } from './reworks.ts';
import { REWRITES } from './rewrites.ts';
import { ROLLOUTS } from './rollouts.ts';
import { ROUTINGS } from './routings.ts';
import { SCRAMBLES } from './scrambles.ts';
import { SEAMS } from './seams.ts';
import { SEARCHES } from './searches.ts';
import { SEEPAGES } from './seepages.ts';
import { SERIALISERS } from './serialisers.ts';
import { SHAPES } from './shapes.ts';
import { SHIFTS } from './shifts.ts';
import { SLIPS } from './slips.ts';
import { SPILLS } from './spills.ts';
import { STORES } from './stores.ts';
import { STOWAWAYS } from './stowaways.ts';
import { SWINGS } from './swings.ts';
import { TENDENCIES } from './tendencies.ts';
import { TRANSITIONS } from './transitions.ts';
import { TURNABOUTS } from './turnabouts.ts';
import { TURNS } from './turns.ts';
import { UNDERCURRENTS } from './undercurrents.ts';
import { UPGRADES } from './upgrades.ts';
import { UTTERANCES } from './utterances.ts';
import { VALUES } from './values.ts';
import { VARIANTS } from './variants.ts';
import { VENDOR_ADDITIONS } from './vendor-additions.ts';
import { VENDOR_ENVELOPES } from './vendor-envelopes.ts';
import { VENDOR_LEAKS } from './vendor-leaks.ts';
import { VENDOR_LISTINGS } from './vendor-listings.ts';
import { VENDOR_READINGS } from './vendor-readings.ts';
import { VENDOR_SCHEMAS } from './vendor-schemas.ts';
import { VENDOR_TRANSPORTS } from './vendor-transports.ts';
import { WALKS } from './walks.ts';
import { WIRES } from './wires.ts';
import { WITHDRAWALS } from './withdrawals.ts';

/** Drifts that the reference server does not know: what the check finds by its rules alone. */
export const MUTATIONS: readonly Mutation[] = [
  ...SHAPES,
  ...MEANINGS,
  ...LISTINGS,
  ...REFUSALS,
  ...SERIALISERS,
  ...GATEWAYS,
  ...LIFECYCLES,
  ...PAGING,
  ...KINDS,
  ...CONNECTIONS,
  ...IDENTITIES,
  ...VALUES,
  ...TURNS,
  ...FAILURES,
  ...PAGES,
  ...ADDITIONS,
  ...REWRITES,
  ...WIRES,
  ...BEHAVIOURS,
  ...QUERIES,
  ...RELEASES,
  ...MIGRATIONS,
  ...DEPLOYMENTS,
  ...OPERATIONS,
  ...STORES,
  ...CONVERSIONS,
  ...GARBLINGS,
  ...UPGRADES,
  ...ROUTINGS,
  ...CONDUCTS,
  ...COURSES,
  ...ROLLOUTS,
  ...ACCIDENTS,
  ...MIXUPS,
  ...DISCLOSURES,
  ...UTTERANCES,
  ...REVISIONS,
  ...OVERSIGHTS,
  ...VARIANTS,
  ...NUANCES,
  ...RENEWALS,
  ...WITHDRAWALS,
  ...LAPSES,
  ...LOOKUPS,
  ...SHIFTS,
  ...REWORKS,
  ...SLIPS,
  ...SEARCHES,
  ...TENDENCIES,
  ...OVERHAULS,
  ...REGRESSIONS,
  ...WALKS,
  ...SWINGS,
  ...BOUNDS,
  ...RESHAPINGS,
  ...BARRIERS,
  ...DISCREPANCIES,
  ...EXPOSURES,
  ...MANNERS,
  ...CURRENTS,
  ...RECASTINGS,
  ...DIVERGENCES,
  ...SPILLS,
  ...ACCENTS,
  ...UNDERCURRENTS,
  ...HUNCHES,
  ...FACADES,
  ...RECORDS,
  ...READINGS,
  ...DOORWAYS,
  ...TRANSITIONS,
  ...IMPRESSIONS,
  ...MISMATCHES,
  ...PHRASINGS,
  ...SCRAMBLES,
  ...ENTANGLEMENTS,
  ...INDISCRETIONS,
  ...FRAMES,
  ...SEEPAGES,
  ...COUPLINGS,
  ...RENDERINGS,
  ...SEAMS,
  ...STOWAWAYS,
  ...HABITS,
  ...RESIDUES,
  ...ENCOUNTERS,
  ...GLIMPSES,
  ...TURNABOUTS,
  ...VENDOR_SCHEMAS,
  ...VENDOR_ENVELOPES,
  ...VENDOR_TRANSPORTS,
  ...VENDOR_READINGS,
  ...VENDOR_LISTINGS,
  ...VENDOR_LEAKS,
  ...VENDOR_ADDITIONS,
  ...BREACHES,
  ...DEVIATIONS,
  ...FRACTURES,
  ...MARGINS,
  ...INTEGRATION_FIELDS,
  ...INTEGRATION_STATUSES,
  ...INTEGRATION_LISTINGS,
  ...INTEGRATION_REPLIES,
  ...INTEGRATION_HISTORIES,
  ...INTEGRATION_SECRETS,
  ...INTEGRATION_ADDITIONS,
];
