import { asCommand } from './terminal.ts';

/** As which GitHub Actions shows a line at a run. */
export type Annotation = 'error' | 'warning' | 'notice';

/** A workflow command of GitHub Actions that annotates its run; what stands in it cannot end it or begin another. */
export function workflowCommand(name: Annotation, title: string, message: string): string {
  return `${asCommand(`::${name} title=${property(title)}::${data(message)}`)}\n`;
}

/** As the runner reads it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
