/** What a prepared conversation of strategy pool begins with; a clean-up knows it by this. */
export const POOL_CONTENT = 'This conversation was prepared for a load test.';
