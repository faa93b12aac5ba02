import standalone from 'ajv/dist/standalone/index.js';

/** Ajv's generator of code. Its package is CommonJS with a default export: its types and Node disagree on where the function is. */
export const standaloneCode = 'default' in standalone ? (standalone.default as typeof standalone) : standalone;
