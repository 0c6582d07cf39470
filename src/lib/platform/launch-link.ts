import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { LaunchAnswer, LaunchLine } from './launcher/start-messages.js';

const descriptor = 3;

/** Descriptor 3 of the platform program: one line with the request comes in, one line with the answer goes out, then it is closed. */
export class LaunchLink {
  private constructor(private readonly socket: Socket) {}

  /** Undefined when the program was not started by the launcher. */
  static open(): LaunchLink | undefined {
    try {
      if (!fstatSync(descriptor).isSocket()) return undefined;
    } catch {
      return undefined;
    }
    const socket = new Socket({ fd: descriptor });
    // A launcher that has gone does not end the platform: others may wait for it.
    socket.on('error', () => undefined);
    return new LaunchLink(socket);
  }

  /** The request of the launcher, which is the same program and is trusted; undefined when it needs nothing after all, or is gone. */
  async request(): Promise<LaunchLine | undefined> {
    let text = '';
    for await (const chunk of this.socket.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (text.includes('\n')) return JSON.parse(text) as LaunchLine;
    }
    return undefined;
  }

  /** Resolves when the answer is on its way and the link is closed. */
  answer(answer: LaunchAnswer): Promise<void> {
    return new Promise((resolve) => {
      this.socket.end(`${JSON.stringify(answer)}\n`, () => {
        this.socket.destroy();
        resolve();
      });
    });
  }
}
