import type {
  BulkAction,
  BulkResult,
  CommandResult,
  Commands,
  Conversation,
  ListPage,
  ListQuery,
  LocalAgent,
  Session,
  Shop,
} from './types';

type Json<T> = { content: { 'application/json': T } };
type Read<P, T, Q = never> = {
  get: { parameters: { path: P; query?: Q }; responses: { 200: Json<T> } };
};
type Write<P, B, T> = {
  post: { parameters: { path: P }; requestBody: Json<B>; responses: { 200: Json<T> } };
};
type OfShop = { shop: string };
type OfInquiry = { shop: string; id: string };
type Command<B> = Write<OfInquiry, B, CommandResult>;

export interface paths {
  '/local/agents': Read<Record<string, never>, { agents: LocalAgent[] }>;
  '/local/sign-in': Write<Record<string, never>, { agent: string }, { token: string }>;
  '/v1/session': Read<Record<string, never>, Session>;
  '/v1/shops/{shop}': Read<OfShop, Shop>;
  '/v1/shops/{shop}/inquiries': Read<OfShop, ListPage, ListQuery>;
  '/v1/shops/{shop}/inquiries/{id}': Read<OfInquiry, Conversation, { before?: number }>;
  '/v1/shops/{shop}/inquiries/{id}/reply': Command<Commands['reply']>;
  '/v1/shops/{shop}/inquiries/{id}/notes': Command<Commands['notes']>;
  '/v1/shops/{shop}/inquiries/{id}/assign': Command<Commands['assign']>;
  '/v1/shops/{shop}/inquiries/{id}/close': Command<Commands['close']>;
  '/v1/shops/{shop}/inquiries/{id}/reopen': Command<Commands['reopen']>;
  '/v1/shops/{shop}/inquiries/{id}/label': Command<Commands['label']>;
  '/v1/shops/{shop}/inquiries/{id}/merge': Command<Commands['merge']>;
  '/v1/shops/{shop}/inquiries/{id}/unmerge': Command<Commands['unmerge']>;
  '/v1/shops/{shop}/inquiries/bulk': Write<
    OfShop,
    { items: { id: string; version: number }[]; action: BulkAction },
    { results: BulkResult[] }
  >;
}
