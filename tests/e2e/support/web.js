import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

/** A built web app that takes the place of the one in the executable: stories of the page need no build of the server. */
const FOLDER = process.env.HATANG_WEB;

const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json',
  '.woff2': 'font/woff2', '.png': 'image/png',
};

/** What the server itself answers. */
const SERVERS = /^\/(api|tiles|healthz|readyz)(\/|$)/;

/** Lets a page load the app from the folder that `HATANG_WEB` names, if it names one; everything else is the server's. */
export async function takesTheApp(page) {
  if (!FOLDER) return;
  await page.route('http://127.0.0.1:*/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (SERVERS.test(pathname)) return route.fallback();
    const file = extname(pathname) ? normalize(pathname) : '/index.html';
    const body = await readFile(join(FOLDER, file)).catch(() => null);
    return body ? route.fulfill({ body, contentType: TYPES[extname(file)] ?? 'application/octet-stream' }) : route.fulfill({ status: 404 });
  });
}
