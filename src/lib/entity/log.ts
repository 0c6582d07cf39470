/** The platform's own log; injected, never a global. Messages carry no keys, payloads or results (RS-235). */
export interface Log {
  debug(component: string, message: string): void;
  info(component: string, message: string): void;
  warn(component: string, message: string): void;
  error(component: string, message: string, error?: unknown): void;
}
