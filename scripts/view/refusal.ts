/** An answer other than 200, and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: 400 | 403 | 404 | 405 | 421,
    message: string,
  ) {
    super(message);
  }
}
