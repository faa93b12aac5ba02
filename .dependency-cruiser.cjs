/** The walls: scenarios -> contracts <- scripts; the reference server stands alone. */
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
      name: 'nobody-reaches-into-the-reference-server',
      severity: 'error',
      comment: 'Only the server command starts it, by its index.',
      from: { path: '^scripts/', pathNot: '^scripts/reference-server/' },
      to: { path: '^scripts/reference-server/', pathNot: '^scripts/reference-server/index[.]ts$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Types may know each other; code may not.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'scripts/tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
