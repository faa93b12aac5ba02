import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { build } from 'esbuild';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { AJV_OPTIONS, COMPILED_IN_PACKAGE } from '../../scripts/foundation/schema/ajv-options.ts';
import { readSchemas } from '../../scripts/k6/build/contract-schemas.ts';
import { standaloneCode } from '../../scripts/k6/build/standalone-code.ts';

/** Writes self-contained validators of the files that every run reads: the package compiles no schema at start. */
export async function writeFileValidators(outfile: string): Promise<void> {
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true, optimize: 2 } });
  formats.default(ajv);
  const files = (await readSchemas()).filter(({ folder }) => folder === 'files');
  for (const { schema } of files) ajv.addSchema(schema);
  const exported = COMPILED_IN_PACKAGE.map((name) => {
    const file = files.find((one) => one.name === name);
    if (file === undefined) throw new Error(`there is no schema contracts/files/${name}.schema.json`);
    return [name, file.schema.$id] as const;
  });
  await build({
    stdin: { contents: standaloneCode(ajv, Object.fromEntries(exported)), resolveDir: PACKAGE_ROOT },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
  });
}
