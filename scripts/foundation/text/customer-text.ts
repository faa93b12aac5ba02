import type { Plan } from '../../../contracts/generated/plan.ts';

export const CUSTOMER_TEXT = 'contents are redacted texts of customers';

/** Whether customers said any of what a workload has its conversations say. */
export const hasCustomerText = ({ conversations }: Pick<Plan['workload'], 'conversations'>): boolean =>
  conversations.some(({ customerText }) => customerText === true);
