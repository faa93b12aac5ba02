import { crash, main } from './main.ts';
import { processIo } from './process-io.ts';

const io = processIo();
process.once('uncaughtException', (error) => process.exit(crash(error, io)));
// Not awaited here: in the package, what commands load may import this file, which would wait for itself.
void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
