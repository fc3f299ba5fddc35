export { createClient, ApiProblem, type Api, type CallInput, type Transport } from './client.ts';
