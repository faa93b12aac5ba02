/** The walls: scenarios -> contracts <- scripts; the reference server stands alone; scripts/ has floors. */

/** Folders of scripts/, lowest floor first: a folder imports its own files and lower floors only. */
const FLOORS = [
  ['foundation'],
  ['http', 'k6', 'ledger'],
  ['secrets', 'analysis'],
  ['audit'],
  ['report'],
  ['run'],
  ['compare', 'drift', 'capacity', 'doctor', 'init', 'distribute', 'workload'],
  ['view'],
  ['commands'],
];

/** One rule a folder: what lies on its own floor beside it, or above it, is out of reach. */
const floorRules = FLOORS.flatMap((floor, level) =>
  floor.map((folder) => {
    const beside = floor.filter((other) => other !== folder);
    const out = [...beside, ...FLOORS.slice(level + 1).flat()];
    return {
      name: `${folder}-imports-lower-floors-only`,
      severity: 'error',
      comment: 'Imports go down the floors of scripts/, never up or sideways.',
      from: { path: `^scripts/${folder}/` },
      to: { path: [...out.map((other) => `^scripts/${other}/`), '^scripts/[^/]+[.]tsx?$'] },
    };
  }),
);

module.exports = {
  forbidden: [
    {
      name: 'contracts-are-neutral',
      severity: 'error',
      comment: 'contracts/ runs in Node and in k6: data and pure functions only.',
      from: { path: '^contracts/' },
      to: { pathNot: '^contracts/' },
    },
    {
      name: 'scenarios-are-k6-only',
      severity: 'error',
      comment: 'scenarios/ may use contracts/ and k6 modules.',
      from: { path: '^scenarios/' },
      to: { pathNot: ['^contracts/', '^scenarios/', '^k6(/|$)', '^node_modules/@types/k6/'] },
    },
    {
      name: 'scripts-do-not-reach-scenarios',
      severity: 'error',
      comment: 'Node reaches k6 code only through the built bundle.',
      from: { path: '^scripts/' },
      to: { path: ['^scenarios/', '^k6(/|$)'] },
    },
    {
      name: 'reference-server-stands-alone',
      severity: 'error',
      comment: "A stand-in for somebody else's service must be able to disagree.",
      from: { path: '^scripts/reference-server/' },
      to: { path: '^(contracts|scenarios|scripts|tests)/', pathNot: '^scripts/reference-server/' },
    },
    {
      name: 'reference-server-has-one-door',
      severity: 'error',
      comment: 'Whoever starts it imports its index.',
      from: { path: '^scripts/', pathNot: '^scripts/reference-server/' },
      to: { path: '^scripts/reference-server/', pathNot: '^scripts/reference-server/index[.]ts$' },
    },
    {
      name: 'product-does-not-import-proofs',
      severity: 'error',
      comment: 'proofs/ is not in the published package.',
      from: { path: '^(contracts|scenarios|scripts)/', pathNot: '^scripts/proofs/' },
      to: { path: '^scripts/proofs/' },
    },
    ...floorRules,
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'No circle of files, types included.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circular-folders',
      severity: 'error',
      comment: 'No circle of the folders of scripts/.',
      scope: 'folder',
      from: { path: '^scripts/(capacity/)?[^/]+$' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'scripts/tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
