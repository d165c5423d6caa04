import { rmSync } from 'node:fs';

/** Removes the host's data of this run. */
export default function teardown(): void {
  const data = process.env['E2E_DATA'];
  if (data) rmSync(data, { recursive: true, force: true });
}
