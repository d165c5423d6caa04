import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const FREE_PORT = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";

// Workers load this file again: what the first one chose is handed down in the environment.
process.env['E2E_PORT'] ??= execFileSync(process.execPath, ['-e', FREE_PORT], { encoding: 'utf8' }).trim();
process.env['E2E_DATA'] ??= mkdtempSync(join(tmpdir(), 'kefu-e2e-'));
const port = process.env['E2E_PORT'];
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 45_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  globalSetup: './quiet.ts',
  globalTeardown: './teardown.ts',
  use: {
    baseURL,
    locale: 'zh-TW',
    timezoneId: 'Asia/Taipei',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } }, testIgnore: /phone\.spec/ },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      testMatch: /(phone|accessibility|journey|money|settings|waiting-delay|waiting-week)\.spec/,
    },
  ],
  webServer: {
    command: process.env['KEFU_PROGRAM'] ?? '../../target/release/kefu-local',
    url: `${baseURL}/healthz`,
    reuseExistingServer: false,
    timeout: 30_000,
    env: {
      KEFU_PORT: port,
      KEFU_DATA: process.env['E2E_DATA'],
      KEFU_DEMO_INQUIRIES: 'off',
      KEFU_LIMIT_PER_ADDRESS: '100000',
      KEFU_LIMIT_PER_MAILBOX: '100000',
      KEFU_LIMIT_PER_MEMBER: '100000',
    },
  },
});
