import { crash, main } from './main.ts';
import { processIo } from './process-io.ts';

const io = processIo();
process.once('uncaughtException', (error) => process.exit(crash(error, io)));
process.exitCode = await main(process.argv.slice(2), io);
