import type { Agent } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { placeParts, placeWarnings } from './places';

const agent: Agent = {
  id: 'leo',
  nickname: '阿樂',
  role: 'agent',
  online: true,
  receiving: true,
  load: 3,
  capacity: 10,
  categories: ['payment'],
  shifts: [],
};

describe('whom an inquiry is given to', () => {
  it('is not warned of while they are here, receive and have room', () => {
    expect(placeWarnings(agent)).toEqual([]);
    expect(placeWarnings(undefined)).toEqual([]);
  });

  it('is warned of in the words of the answer', () => {
    expect(placeWarnings({ ...agent, online: false, receiving: false, load: 10 })).toEqual(['offline', 'not_receiving', 'full']);
    expect(placeWarnings({ ...agent, load: 9 })).toEqual([]);
    expect(placeWarnings({ ...agent, load: 0, capacity: 0 })).toEqual(['full']);
  });

  it('is described by what matters for this inquiry', () => {
    expect(placeParts(agent, 'payment')).toEqual(['agent.responsible']);
    expect(placeParts(agent, 'refund')).toEqual([]);
    expect(placeParts({ ...agent, on_duty: false, receiving: false })).toEqual(['agent.off_duty', 'agent.is_not_receiving']);
    expect(placeParts({ ...agent, on_duty: true })).toEqual(['agent.on_duty']);
  });
});
