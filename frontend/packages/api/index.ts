export { AgentApi, type CommandOptions } from './agent';
export { type ClientOptions, createTransport, newKey } from './client';
export { ApiError, NetworkError, isTransient, isUnauthorized } from './problem';
export type * from './types';
