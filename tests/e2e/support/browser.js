import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/lib/chromium/chromium';

/** Graphics in software, the same on every machine, and no wish to speak to anybody outside. */
const FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--metrics-recording-only',
  '--password-store=basic',
  '--font-render-hinting=none',
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** Widths and heights that people have: an office screen, a small laptop, a phone. */
export const SCREENS = {
  office: { width: 1440, height: 900 },
  laptop: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

/** Stories that nobody looks at are drawn with fewer pixels: software draws them twice as fast. */
const COARSE = 0.5;

let browser = null;

/** A page in a fresh profile; the browser behind it is shared by the stories of a file. */
export async function openPage({ screen = 'office', theme = 'light', sharp = false } = {}) {
  browser ??= await chromium.launch({ executablePath: EXECUTABLE, headless: true, args: FLAGS });
  const context = await browser.newContext({
    viewport: SCREENS[screen],
    deviceScaleFactor: sharp ? 1 : COARSE,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    hasTouch: screen === 'phone',
  });
  return context.newPage();
}

export async function closeBrowser() {
  await browser?.close();
  browser = null;
}
