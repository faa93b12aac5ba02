import { processIo } from '../../process-io.ts';
import { bench, renderBench } from './bench.ts';
import { instructions, renderInstructions } from './instructions.ts';

// npm run bench [-- --quick]: medians of five rounds, or one round for a first look.
// npm run bench -- --instructions: instructions a turn, which a busy machine hardly changes; needs valgrind.
const io = processIo();
if (process.argv.includes('--instructions')) {
  io.out(renderInstructions(await instructions(io)));
} else {
  const result = await bench(process.argv.includes('--quick') ? 1 : 5, io);
  io.out(renderBench(result));
  if (result.targets.some(({ met }) => !met)) process.exitCode = 1;
}
