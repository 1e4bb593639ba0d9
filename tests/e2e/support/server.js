import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));
const BINARY = process.env.HATANG_BIN ?? join(WORKSPACE, 'target/debug/hatang');

/** How long a server may take until it answers, and until it has ended, in milliseconds. */
const READY_MS = 60_000;
const END_MS = 10_000;
const POLL_MS = 50;

/** A server of its own for one story: an empty database, filled with the sample commune. */
export class Server {
  #process;
  #folder;
  #said = [];

  /** Starts a server on a new database and comes back once it answers. */
  static async start() {
    const server = await Server.prepare();
    await server.resume();
    return server;
  }

  /** A server for real that has an address and an empty database and does not run yet: no demo, no sample. */
  static async prepare() {
    const server = new Server();
    server.#folder = await mkdtemp(join(tmpdir(), 'hatang-e2e-'));
    server.address = `http://127.0.0.1:${await freePort()}`;
    return server;
  }

  /** Starts it for real, with options and variables of its own. */
  async serve(options = [], environment = {}) {
    await this.#run(options, environment);
  }

  /** Runs a command of the executable on the database and gives back what it printed. */
  async command(...words) {
    return (await promisify(execFile)(BINARY, [...words, ...this.#database])).stdout;
  }

  /** What the server has printed so far. */
  get said() {
    return this.#said.join('');
  }

  /** Starts the server on the database that it has. */
  async resume() {
    await this.#run(['--demo', '--sample-data', join(WORKSPACE, 'sample-data')]);
  }

  async #run(options, environment = {}) {
    const words = ['serve', '--listen', this.address.replace('http://', ''), ...options, ...this.#database];
    this.#process = spawn(BINARY, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (part) => this.#said.push(part));
    this.#process.on('error', (error) => this.#said.push(String(error)));
    await this.#ready();
  }

  /** Brings a file of `fixtures/` into the database, as an operator does while the server rests. */
  async imports(file, options) {
    await this.stop();
    const path = fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
    await promisify(execFile)(BINARY, ['import', path, ...options, ...this.#database]);
    await this.resume();
  }

  get #database() {
    return ['--database', `sqlite:${join(this.#folder, 'hatang.db')}`];
  }

  /** Ends the server, as when somebody pulls the plug; asking twice is harmless. */
  async stop() {
    if (!this.#process) return;
    const { exitCode, signalCode, pid } = this.#process;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(patience);
  }

  /** Ends the server and removes its database. */
  async remove() {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready() {
    const until = Date.now() + READY_MS;
    while (Date.now() < until && this.#process.exitCode === null && this.#process.pid !== undefined) {
      const reply = await fetch(`${this.address}/readyz`).catch(() => null);
      if (reply?.ok) return;
      await pause(POLL_MS);
    }
    await this.remove();
    throw new Error(`${BINARY} does not answer; it said:\n${this.#said.join('')}`);
  }
}

/** A port that nobody listens on now. */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
