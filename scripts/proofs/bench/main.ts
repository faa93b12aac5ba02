import { processIo } from '../../process-io.ts';
import { bench, renderBench } from './bench.ts';

// npm run bench [-- --quick]: medians of five rounds, or one round for a first look.
const io = processIo();
const result = await bench(process.argv.includes('--quick') ? 1 : 5, io);
io.out(renderBench(result));
if (result.targets.some(({ met }) => !met)) process.exitCode = 1;
