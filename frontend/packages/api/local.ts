import type { LocalAgent } from './types';

type Answer<T> = { responses: { 200: { content: { 'application/json': T } } } };

/** The doors of the system on one machine; they are no part of the API and of its description. */
export type LocalPaths = {
  '/local/agents': { get: Answer<{ agents: LocalAgent[] }> };
  '/local/sign-in': {
    post: { requestBody: { content: { 'application/json': { agent: string } } } } & Answer<{ token: string }>;
  };
};
