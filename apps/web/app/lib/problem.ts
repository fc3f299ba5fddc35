import type { ApiProblem } from '@plumbline/api-client';

/**
 * A refusal of the API. Told by its name: the server makes the client, and its class is another copy than the one
 * that this bundle would hold.
 */
export const isProblem = (error: unknown): error is ApiProblem => error instanceof Error && error.name === 'ApiProblem';
