import { createContext, use } from 'react';

const NonceContext = createContext<string | undefined>(undefined);

export const NonceProvider = NonceContext.Provider;

/** The nonce of the answer that is being rendered; undefined in the browser, which must not know it. */
export const useNonce = (): string | undefined => use(NonceContext);
