import { runsDashboard } from '../../tools/grafana/dashboard.ts';

interface Target {
  readonly expr: string;
  readonly legendFormat: string;
  readonly datasource: { readonly uid: string };
}

export const DASHBOARD = runsDashboard();
export const TARGETS = (DASHBOARD.panels ?? []).flatMap((panel) =>
  'targets' in panel ? (panel.targets as unknown as Target[]) : [],
);
