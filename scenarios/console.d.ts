/** k6 has a console, which @types/k6 leaves out. */
declare const console: { readonly log: (line: string) => void };
