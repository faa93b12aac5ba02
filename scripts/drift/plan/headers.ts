/** Headers of HTTP, of browsers' security, and those that proxies and frameworks add: no part of the contract. */
const KNOWN = new Set(
  `accept-ch accept-ranges age allow alt-svc cache-control cache-status clear-site-data connection content-disposition content-encoding
  content-language content-length content-location content-range content-security-policy
  content-security-policy-report-only content-type cross-origin-embedder-policy cross-origin-opener-policy
  cross-origin-resource-policy date etag expect-ct expires keep-alive last-modified link location nel
  origin-agent-cluster permissions-policy pragma priority proxy-authenticate proxy-connection referrer-policy
  report-to reporting-endpoints retry-after server server-timing strict-transport-security surrogate-control
  timing-allow-origin trailer transfer-encoding upgrade vary via warning www-authenticate x-cache x-cache-hits x-cache-status x-proxy-cache x-varnish-cache
  x-content-type-options x-correlation-id x-dns-prefetch-control x-download-options x-frame-options
  x-permitted-cross-domain-policies x-powered-by x-request-id x-robots-tag x-runtime x-served-by x-timer
  x-trace-id x-xss-protection traceparent tracestate`.split(/\s+/),
);

const FAMILIES =
  /^(access-control-|cf-|fly-|ratelimit|x-ratelimit-|x-amz-|x-amzn-|x-envoy-|x-vercel-|x-azure-|x-goog-|x-b3-)/;

/** Whether a header (in lower case) says nothing of the API. */
export function isKnownHeader(name: string): boolean {
  return KNOWN.has(name) || FAMILIES.test(name);
}
