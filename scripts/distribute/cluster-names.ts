import { usageError } from '../foundation/errors.ts';
import { isSupported, SUPPORTED_RANGE } from '../k6/version.ts';
import type { ClusterRun } from './cluster-run.ts';

/** Names of Kubernetes objects: DNS subdomains (RFC 1123). */
const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const OBJECT = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
/** `registry:5000/path/name:tag@sha256:digest`, as container engines read it. */
const IMAGE =
  /^(?=.{1,512}$)(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::(?<tag>\w[\w.-]{0,127}))?(?:@sha256:[a-f0-9]{64})?$/;
const VERSION = /^v?(\d+\.\d+\.\d+)/;

type Names = Pick<ClusterRun, 'secretName' | 'storageClass' | 'runnerImage' | 'harnessImage'>;

/**
 * What a cluster would refuse, or fail to pull, after the folder has been handed over.
 * @throws HarnessError (2)
 */
export function assertClusterNames({ secretName, storageClass, runnerImage, harnessImage }: Names): void {
  for (const [flag, name] of [
    ['--secret-name', secretName],
    ['--storage-class', storageClass],
  ]) {
    if (name === undefined || OBJECT.test(name)) continue;
    throw usageError(`${flag} takes a Kubernetes name (a-z, 0-9, - and .), got ${name}`);
  }
  for (const [flag, image] of [
    ['--runner-image', runnerImage],
    ['--harness-image', harnessImage],
  ]) {
    if (image !== undefined && IMAGE.test(image)) continue;
    throw usageError(`${flag} takes an image such as registry.example.com/name:1.0.0, got ${image}`);
  }
  const version = k6VersionOf(runnerImage);
  if (version === undefined || isSupported(version)) return;
  throw usageError(`--runner-image ${runnerImage} contains k6 ${version}; supported: ${SUPPORTED_RANGE}`);
}

/** The version of k6 by the tag of an image; undefined where it says none. */
export function k6VersionOf(image: string): string | undefined {
  return VERSION.exec(IMAGE.exec(image)?.groups?.tag ?? '')?.[1];
}
