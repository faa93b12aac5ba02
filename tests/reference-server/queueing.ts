/** Formulas for M/M/c: arrival rate, service rate of one server, servers. Times are in the unit of 1/rate. */
export interface Queue {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
}

/** Erlang C: the share of arrivals that wait, C = B / (1 - rho (1 - B)) with Erlang B by recursion. */
export function erlangC({ arrivalRate, serviceRate, servers }: Queue): number {
  const offered = arrivalRate / serviceRate;
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** P(T > t) of the time from arrival to the end of service. */
export function sojournTail(queue: Queue, t: number): number {
  const { arrivalRate, serviceRate: mu, servers } = queue;
  const theta = servers * mu - arrivalRate;
  const waits = erlangC(queue);
  if (theta === mu) return Math.exp(-mu * t) * (1 + waits * mu * t);
  return Math.exp(-mu * t) + (waits * mu * (Math.exp(-mu * t) - Math.exp(-theta * t))) / (theta - mu);
}

/** E[T] = 1/mu + C/theta. */
export function meanSojourn(queue: Queue): number {
  return 1 / queue.serviceRate + erlangC(queue) / (queue.servers * queue.serviceRate - queue.arrivalRate);
}

/** The time that a share of the sojourns does not exceed, by bisection. */
export function sojournQuantile(queue: Queue, share: number): number {
  let [low, high] = [0, 1_000 / queue.serviceRate];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (sojournTail(queue, middle) > 1 - share) low = middle;
    else high = middle;
  }
  return high;
}
