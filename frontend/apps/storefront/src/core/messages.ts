import type { Message } from './wire.ts'

/** Pages and polls overlap: every message once, in the order of the conversation. */
export function joined(known: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}
