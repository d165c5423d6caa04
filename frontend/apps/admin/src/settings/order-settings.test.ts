import type { MethodArrival } from '@kefu/api';
import { expect, it } from 'vitest';
import { USUAL } from '../orders/arrivals';
import { changeable } from './order-settings';

it('what an owner sends back is what the shop decided itself: no usual times, and nothing that is only told', () => {
  const usual = Object.entries(USUAL).map(([payment_method, arrival]) => Object.assign({ payment_method }, arrival) as MethodArrival);
  const own: MethodArrival[] = [
    { payment_method: 'credit_card', from: 1, to: 2, unit: 'weeks' },
    { payment_method: 'fps', from: 3, to: 5, unit: 'weeks' },
    { payment_method: 'other', from: 3, to: 5, unit: 'working_days' },
  ];
  const settings = { payer: 'webhook', webhook_url: 'https://shop.example.com/refunds', working_days: true, transit_days: 7 } as const;
  const known = { ...settings, arrivals: [...usual, ...own], webhook_secrets: [{ id: 'a', role: 'current' as const }], version: 4 };
  expect(changeable(known)).toEqual({ ...settings, arrivals: own });
});
