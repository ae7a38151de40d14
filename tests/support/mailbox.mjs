// What the mail catcher has kept: one .eml file a message, read by Python's own parser.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './report.mjs';

const reader = `
import email, email.policy, json, sys
for path in sys.argv[1:]:
    with open(path, 'rb') as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    part = lambda kind: (lambda found: found.get_content() if found else None)(mail.get_body((kind,)))
    print(json.dumps({'to': [a.addr_spec for a in mail['To'].addresses], 'name': mail['To'].addresses[0].display_name,
        'subject': mail['Subject'], 'id': mail['Message-ID'], 'text': part('plain'), 'html': part('html'),
        'types': [p.get_content_type() for p in mail.walk()]}))
`;

export class Mailbox {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Every message, oldest first: { to, name, subject, id, text, html, types }. */
  all() {
    const files = readdirSync(this.folder).filter((file) => file.endsWith('.eml')).sort();
    if (files.length === 0) return [];
    const lines = execFileSync('/usr/bin/python3', ['-c', reader, ...files.map((file) => join(this.folder, file))], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return lines.toString().trim().split('\n').map((line) => JSON.parse(line));
  }

  to(address) {
    return this.all().filter((mail) => mail.to.includes(address));
  }

  /** The newest message to this address once there are `count`. */
  async arrived(address, { count = 1, seconds } = {}) {
    const mails = await eventually(`${count} mail(s) to ${address}`, () => {
      const found = this.to(address);
      return found.length >= count && found;
    }, { seconds });
    return mails.at(-1);
  }
}

/** The personal link in a message. */
export function linkIn(mail) {
  const found = /https:\/\/\S+\/(?:in|guest)#[^\s<>"]+/.exec(mail.text);
  if (!found) throw new Error(`no personal link in:\n${mail.text}`);
  return found[0];
}
