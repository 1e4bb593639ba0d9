import assert from 'node:assert/strict';

/** Notes what goes wrong beside a story: errors of the page, and requests that leave this machine. */
export class Witness {
  #complaints = [];
  #strangers = [];
  /** Replies of the server, to be read once the story is over. */
  replies = [];
  #expected = [];

  constructor(page) {
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      if (this.#expected.some((pattern) => pattern.test(message.text()))) return;
      this.#complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#complaints.push(`page error: ${error.stack ?? error}`));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.#strangers.push(request.url());
    });
    page.on('response', (reply) => this.replies.push(reply));
  }

  /** From here on the story provokes this complaint itself. */
  expects(pattern) {
    this.#expected.push(pattern);
  }

  /** Fails a story whose page complained or spoke to a stranger. */
  assertQuiet() {
    assert.deepEqual(this.#complaints, [], 'the page complained');
    assert.deepEqual(this.#strangers, [], 'the page spoke to another host');
  }
}
