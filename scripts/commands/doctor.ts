import type { Diagnosis } from '../doctor/diagnosis.ts';
import { examineMachine } from '../doctor/examine-machine.ts';
import { examineService } from '../doctor/examine-service.ts';
import { renderDoctor } from '../doctor/render-doctor.ts';
import { EXIT, type ExitCode } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { loadConfig } from '../run/config/load.ts';
import type { DoctorOptions } from './flags/doctor-flags.ts';
import { settingsOf } from './flags/settings.ts';

/** Tells what a run would fail with, and what to do about it, before it costs anything. */
export const doctor: Command<DoctorOptions> = async ({ config: path, write, json, ...options }, io) => {
  const loaded = await loadConfig({ flags: settingsOf(options), path }, io);
  const diagnoses = [...(await examineMachine(io)), ...(await examineService(loaded, write, io))];
  const exitCode = worstOf(diagnoses);
  const color = io.interactive && !io.env.NO_COLOR;
  if (json) io.json({ exitCode, diagnoses });
  else io.out(renderDoctor(diagnoses, color));
  return exitCode;
};

/** The service counts first: what it says may be the only thing that a user cannot correct alone. */
const ORDER: readonly ExitCode[] = [EXIT.unreachable, EXIT.refused, EXIT.usage];

function worstOf(diagnoses: readonly Diagnosis[]): ExitCode {
  const codes = diagnoses.map(({ exitCode }) => exitCode);
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.pass;
}
