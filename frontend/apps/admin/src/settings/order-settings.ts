import type { KnownOrderSettings, MethodArrival, OrderSettings } from '@kefu/api';
import { USUAL } from '../orders/arrivals';

/** What an owner can change of them, as it is sent back. */
export function changeable({ version: _, webhook_secrets: __, arrivals, ...settings }: KnownOrderSettings): OrderSettings {
  return { ...settings, arrivals: ownArrivals(arrivals) };
}

/** What the shop itself decided: the API gives the usual times, too, and whatever is sent stays when these change. */
function ownArrivals(arrivals: readonly MethodArrival[]): MethodArrival[] {
  return arrivals.filter(({ payment_method: method, from, to, unit }) => {
    const usual = USUAL[method];
    return usual?.from !== from || usual.to !== to || usual.unit !== unit;
  });
}
