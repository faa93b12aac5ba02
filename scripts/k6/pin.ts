import { join } from 'node:path';
import { PACKAGE_ROOT } from '../foundation/package-root.ts';

/** A k6 version that the harness can provide by itself. */
export interface Pin {
  readonly version: string;
  /** Folder of the Go module whose go.sum pins all that the build compiles. */
  readonly module: string;
  /** Go package of k6's command in that module. */
  readonly package: string;
  /** Experiment of the Go toolchain that makes what it builds quicker, with the same results (Go's GOEXPERIMENT). */
  readonly experiment?: string;
  /** A CPU profile of a run, by which the Go compiler decides what to inline (Go's -pgo). */
  readonly profile?: string;
  /** Its release archive by Node's `platform-arch`; others are built. */
  readonly releases: Readonly<Record<string, Release>>;
}

export interface Release {
  readonly url: string;
  /** Checksum of the archive, from the project's release page. */
  readonly sha256: string;
}

/** The k6 that runs use unless told otherwise. */
export const PINNED: Pin = {
  version: '2.2.0',
  module: join(PACKAGE_ROOT, 'tools', 'k6'),
  package: 'go.k6.io/k6/v2',
  experiment: 'jsonv2',
  profile: join(PACKAGE_ROOT, 'tools', 'k6', 'cpu.pgo'),
  releases: {
    'linux-x64': {
      url: 'https://github.com/grafana/k6/releases/download/v2.2.0/k6-v2.2.0-linux-amd64.tar.gz',
      sha256: 'b5a8003c86f35f5cd5ceef1490312c48e587696c94d998cefc6d7b3b4cb1597d',
    },
  },
};

/** The oldest k6 that the tests run on too. */
export const OLDEST: Pin = {
  version: '1.8.1',
  module: join(PACKAGE_ROOT, 'tools', 'k6-matrix', 'v1.8.1'),
  package: 'go.k6.io/k6',
  releases: {},
};
