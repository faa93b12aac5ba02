import type { Plan } from '../../../contracts/generated/plan.ts';

export const CUSTOMER_TEXT = 'contents are what customers said, redacted';

/** Whether customers said any of what a workload has its conversations say. */
export const hasCustomerText = ({ conversations }: Pick<Plan['workload'], 'conversations'>): boolean =>
  conversations.some(({ customerText }) => customerText === true);
