import { describe, expect, it } from 'vitest';
import { departmentProblem, problemsOf } from './problems';

describe('what the API finds wrong', () => {
  const problems = [
    { field: 'business_hours[1].to', detail: 'ends before it starts' },
    { field: 'business_hours[2].to', detail: 'ends before it starts' },
    { field: 'departments', detail: 'too many' },
    { field: 'departments[1].name', detail: 'twice' },
  ];

  it('stands beside the list whose parts are wrong, once', () => {
    expect(problemsOf(problems, 'business_hours')).toEqual(['ends before it starts']);
    expect(problemsOf(problems, 'holidays')).toEqual([]);
  });

  it('stands beside each department, and beside all of them', () => {
    expect(problemsOf(problems, 'departments')).toEqual(['too many']);
    expect(problemsOf(problems, 'departments[1]')).toEqual(['twice']);
    expect(problemsOf(problems, 'departments[0]')).toEqual([]);
  });

  it('is a name that is taken already', () => {
    expect(departmentProblem(' 倉庫 ', [{ name: '倉庫', agents: [] }])).toBe(true);
    expect(departmentProblem('會計', [{ name: '倉庫', agents: [] }])).toBe(false);
  });
});
