export { AgentApi, type CommandOptions } from './agent';
export { type ClientOptions, createTransport, newKey } from './client';
export { ApiError, NetworkError, isTransient, isUnauthorized } from './problem';
export { OrdersApi, type OrderCommand, countOf, orderEntryOf } from './orders';
export type * from './orders-types';
export type * from './types';
