// The HTTP API without a browser: one session, many requests at once.
import { Agent, request } from 'node:https';

export class ApiClient {
  #base;
  #cookie = '';
  #agent = new Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false });

  constructor(base) {
    this.#base = base;
  }

  /** Exchanges the token of a mailed link for a session; answers what the box said. */
  async signIn(token) {
    const answer = await this.request('POST', '/session', { token });
    const cookie = answer.headers['set-cookie']?.[0];
    if (cookie) this.#cookie = cookie.split(';')[0];
    return answer;
  }

  /** { status, headers, body }: `body` is what the JSON says, other text as it is, or null. */
  request(method, path, body) {
    const headers = { origin: this.#base, cookie: this.#cookie };
    const text = body === undefined ? undefined : JSON.stringify(body);
    if (text !== undefined) Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#base}/api/v1${path}`, { method, headers, agent: this.#agent }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode, headers: response.headers, body: response.headers['content-type'] === 'application/json' ? JSON.parse(answer) : answer || null });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** The body of an answer that must be a success. */
  async get(path) {
    const { status, body } = await this.request('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  close() {
    this.#agent.destroy();
  }
}
