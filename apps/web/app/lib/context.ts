import type { Api } from '@plumbline/api-client';
import { createContext } from 'react-router';

/** The typed API as the caller of this page: in-process on the server, with the caller's session. */
export const apiContext = createContext<Api>();

export interface PageFacts {
  requestId: string;
  /** Nonce of this answer's content security policy. */
  nonce: string;
  /** True in a demo market: the parts page and the clock button exist only there. */
  demo: boolean;
  regionId: string;
  /** The page's language: one of ours, or the pseudo-language in a demo market. */
  locale: string;
  /** Scheme and host as browsers see them. */
  origin: string;
  /** The business clock when the page was asked for, ISO 8601 in UTC. */
  now: string;
  /** Where the live stream stood then: a page that opens it from here misses nothing. */
  liveCursor?: string | undefined;
}

export const pageContext = createContext<PageFacts>();
