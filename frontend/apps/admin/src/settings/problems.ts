import type { ServiceSettings } from '@kefu/api';

type FieldProblem = { field: string; detail: string };

/** What is said beside a field: about itself, and about its parts, unless these have places of their own. */
export function problemsOf(problems: readonly FieldProblem[], field: string): string[] {
  const about = ({ field: named }: FieldProblem): boolean => named === field || named.startsWith(`${field}.`) || isSpan(named, field);
  return [...new Set(problems.filter(about).map(({ detail }) => detail))];
}

/** Departments are listed one by one; the parts of the other lists are said beside the list. */
function isSpan(named: string, field: string): boolean {
  return field !== 'departments' && named.startsWith(`${field}[`);
}

/** Whether there is a department of that name. */
export function departmentProblem(name: string, departments: ServiceSettings['departments']): boolean {
  return departments.some((one) => one.name === name.trim());
}
