import { crash, main } from './main.ts';
import { processIo } from './process-io.ts';

const io = processIo();
process.once('uncaughtException', (error) => process.exit(crash(error, io)));
let isEnded = false;
// Something never settled, and nothing is left to wait for: that is no pass.
process.once('beforeExit', () => {
  if (!isEnded) process.exitCode = crash(new Error('the command waited for an event that never happened'), io);
});
// Not awaited here: in the package, what commands load may import this file, which would wait for itself.
void main(process.argv.slice(2), io).then((code) => {
  isEnded = true;
  process.exitCode = code;
});
